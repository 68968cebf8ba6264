namespace Profiles.Transcoding;

/// <summary>
/// On a method of a service class: a request without field mask means the fields that are in its body, whatever its HTTP method.
/// Without the attribute that holds for PATCH, PUT means all fields, and other methods infer nothing.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FieldMaskFromKeysAttribute : Attribute;
