using Google.Protobuf.Reflection;

namespace Profiles.Transcoding.Json.Fields;

/// <summary>Chooses the codec of a field by its kind and C# type. Runs once for each field.</summary>
internal static class JsonFieldFactory
{
    public static JsonField Create(FieldDescriptor field, int index)
    {
        var codec = Build(field);
        codec.Index = index;
        return codec;
    }

    private static JsonField Build(FieldDescriptor field)
    {
        var message = field.ContainingType.ClrType;
        var type = Accessors.Property(field).PropertyType;
        if (field.IsMap) return BuildMap(field, message, type.GetGenericArguments());
        if (field.IsRepeated)
        {
            var element = type.GetGenericArguments()[0];
            return Make(typeof(ListField<,>), [message, element], field, ValueCodecFactory.Create(field, element));
        }

        if (ValueCodecFactory.IsPlainMessage(field)) return Make(typeof(MessageField<,>), [message, type], field);
        return Make(typeof(SingularField<,>), [message, type], field, ValueCodecFactory.Create(field, type));
    }

    private static JsonField BuildMap(FieldDescriptor field, Type message, Type[] types)
    {
        var key = field.MessageType.FindFieldByNumber(1);
        var value = field.MessageType.FindFieldByNumber(2);
        return Make(
            typeof(DictionaryField<,,>),
            [message, .. types],
            field,
            ValueCodecFactory.CreateKey(key, types[0]),
            ValueCodecFactory.Create(value, types[1]));
    }

    private static JsonField Make(Type definition, Type[] arguments, params object[] parameters) =>
        (JsonField)Activator.CreateInstance(definition.MakeGenericType(arguments), parameters)!;
}
