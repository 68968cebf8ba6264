using System.Reflection;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Profiles.Transcoding.Json.Fields;

/// <summary>Makes the delegates to the generated properties, once for each field.</summary>
internal static class Accessors
{
    public static Func<TMessage, TValue> Getter<TMessage, TValue>(FieldDescriptor field) =>
        Property(field).GetMethod!.CreateDelegate<Func<TMessage, TValue>>();

    public static Action<TMessage, TValue> Setter<TMessage, TValue>(FieldDescriptor field) =>
        Property(field).SetMethod!.CreateDelegate<Action<TMessage, TValue>>();

    /// <summary>
    /// Whether the scalar field is set, or null for a field without presence. The generated class tells; the descriptors of this
    /// version of Google.Protobuf know nothing of editions.
    /// </summary>
    public static Func<TMessage, bool>? Has<TMessage>(FieldDescriptor field)
        where TMessage : IMessage
    {
        var has = field.ContainingType.ClrType.GetProperty("Has" + field.PropertyName)?.GetMethod;
        if (has is not null) return has.CreateDelegate<Func<TMessage, bool>>();
        if (!field.HasPresence) return null;

        // The members of a oneof in code of older generators.
        var accessor = field.Accessor;
        return message => accessor.HasValue(message);
    }

    public static PropertyInfo Property(FieldDescriptor field) =>
        field.ContainingType.ClrType.GetProperty(field.PropertyName)
        ?? throw new InvalidOperationException($"The generated class of {field.ContainingType.FullName} lacks {field.PropertyName}.");
}
