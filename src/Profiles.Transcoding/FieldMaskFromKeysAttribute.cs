namespace Profiles.Transcoding;

/// <summary>
/// On a method of a service class: a request without field mask means the fields that are in its body, whatever its HTTP method.
/// Without the attribute that holds for PATCH, PUT means all fields, and other methods infer nothing.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FieldMaskFromKeysAttribute : Attribute
{
    /// <summary>
    /// What the mask is about: the name of a field of the request in the contract, or <c>*</c> for the request itself. Default
    /// <see langword="null"/>: the field that is the body; where the body is the whole request, its only field that holds a message,
    /// or the request itself where it has none. Of several such fields one must be named here. A name that is no such field stops
    /// the start.
    /// </summary>
    public string? Resource { get; set; }
}
