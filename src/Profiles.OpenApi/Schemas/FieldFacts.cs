using Google.Api;
using Google.Protobuf.Reflection;

namespace Profiles.OpenApi.Schemas;

/// <summary>What the options of a field say.</summary>
internal static class FieldFacts
{
    /// <summary>Whether a request must have the field.</summary>
    public static bool IsRequired(this FieldDescriptor field) => field.IsRequired || field.Has(FieldBehavior.Required);

    public static bool IsOutputOnly(this FieldDescriptor field) => field.Has(FieldBehavior.OutputOnly);

    public static bool IsInputOnly(this FieldDescriptor field) => field.Has(FieldBehavior.InputOnly);

    public static bool IsImmutable(this FieldDescriptor field) => field.Has(FieldBehavior.Immutable);

    public static bool IsDeprecated(this FieldDescriptor field) => field.GetOptions()?.Deprecated == true;

    public static bool IsMessage(this FieldDescriptor field) => field.FieldType is FieldType.Message or FieldType.Group;

    public static bool IsHttpBody(this MessageDescriptor message) => message.FullName == HttpBody.Descriptor.FullName;

    private static bool Has(this FieldDescriptor field, FieldBehavior behavior) =>
        field.GetOptions()?.GetExtension(FieldBehaviorExtensions.FieldBehavior)?.Contains(behavior) == true;
}
