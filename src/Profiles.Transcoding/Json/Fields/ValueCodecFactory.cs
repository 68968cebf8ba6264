using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Profiles.Transcoding.Json.Codecs;
using Profiles.Transcoding.Json.WellKnown;

namespace Profiles.Transcoding.Json.Fields;

/// <summary>Chooses the codec of a single value by its C# type.</summary>
internal static class ValueCodecFactory
{
    private static readonly Dictionary<System.Type, object> s_scalars = new()
    {
        [typeof(int)] = new Int32Codec(),
        [typeof(uint)] = new UInt32Codec(),
        [typeof(long)] = new Int64Codec(),
        [typeof(ulong)] = new UInt64Codec(),
        [typeof(bool)] = new BoolCodec(),
        [typeof(float)] = new FloatCodec(),
        [typeof(double)] = new DoubleCodec(),
        [typeof(string)] = new StringCodec(),
        [typeof(Google.Protobuf.ByteString)] = new BytesCodec(),
        [typeof(NullValue)] = new NullValueCodec(),
        [typeof(Timestamp)] = new TimestampCodec(),
        [typeof(Duration)] = new DurationCodec(),
        [typeof(FieldMask)] = new FieldMaskCodec(),
        [typeof(Struct)] = new StructCodec(),
        [typeof(Value)] = new ValueValueCodec(),
        [typeof(ListValue)] = new ListValueCodec(),
        [typeof(Any)] = new AnyCodec(),
    };

    public static bool IsPlainMessage(FieldDescriptor field) =>
        field.FieldType is FieldType.Message or FieldType.Group && IsPlain(field.MessageType);

    public static bool IsPlain(MessageDescriptor message) => !IsWrapper(message) && !s_scalars.ContainsKey(message.ClrType);

    public static bool IsWrapper(MessageDescriptor message) => message.File.Name == "google/protobuf/wrappers.proto";

    /// <summary>A <see cref="ValueCodec{T}"/> of the C# type that the generated property has.</summary>
    public static object Create(FieldDescriptor field, System.Type type)
    {
        if (s_scalars.TryGetValue(type, out var codec)) return codec;
        if (type.IsEnum) return Make(typeof(EnumCodec<>), type, field.EnumType);
        if (Nullable.GetUnderlyingType(type) is { } underlying) return Make(typeof(NullableCodec<>), underlying, s_scalars[underlying]);
        return Make(typeof(MessageValueCodec<>), type, field.MessageType);
    }

    /// <summary>The codec of a well-known type that stands alone.</summary>
    public static MessageCodec CreateSpecial(MessageDescriptor message)
    {
        var type = message.ClrType;
        var codec = IsWrapper(message) ? CreateWrapper(message) : s_scalars[type];
        return (MessageCodec)Make(typeof(SpecialMessageCodec<>), type, codec);
    }

    public static object CreateKey(FieldDescriptor key, System.Type type) =>
        type == typeof(string) ? new StringKeyCodec() : Make(typeof(ScalarKeyCodec<>), type, Create(key, type));

    private static object CreateWrapper(MessageDescriptor message)
    {
        var property = Accessors.Property(message.FindFieldByNumber(1));
        var get = property.GetMethod!.CreateDelegate(typeof(Func<,>).MakeGenericType(message.ClrType, property.PropertyType));
        var set = property.SetMethod!.CreateDelegate(typeof(Action<,>).MakeGenericType(message.ClrType, property.PropertyType));
        var codec = typeof(WrapperCodec<,>).MakeGenericType(message.ClrType, property.PropertyType);
        return Activator.CreateInstance(codec, s_scalars[property.PropertyType], get, set)!;
    }

    private static object Make(System.Type definition, System.Type argument, params object[] parameters) =>
        Activator.CreateInstance(definition.MakeGenericType(argument), parameters)!;
}
