using Google.Protobuf.Reflection;
using Profiles.Transcoding.Json;
using Profiles.Transcoding.Json.Fields;

namespace Profiles.Transcoding.Binding;

/// <summary>
/// The fields of a message that one source of a request owns, as a tree. Another source may not set them, nor a sibling in
/// the same oneof, since that would overwrite what the owner said.
/// </summary>
internal sealed class BoundFields
{
    // The value is the tree below the field, or null where the whole field is owned.
    private readonly Dictionary<FieldDescriptor, BoundFields?> _fields = [];

    public void Add(ReadOnlySpan<FieldDescriptor> path)
    {
        var field = path[0];
        foreach (var sibling in field.RealContainingOneof?.Fields ?? [])
        {
            if (sibling != field) _fields[sibling] = null;
        }

        if (path.Length == 1)
        {
            _fields[field] = null;
            return;
        }

        if (!_fields.TryGetValue(field, out var below)) _fields[field] = below = new BoundFields();
        below?.Add(path[1..]);
    }

    /// <summary>Whether the field, all of it, is owned; otherwise <paramref name="below"/> says what is owned inside.</summary>
    public bool Owns(FieldDescriptor field, out BoundFields? below) => _fields.TryGetValue(field, out below) && below is null;

    /// <summary>Whether the field at the end of the path, or all of a message on the way, is owned.</summary>
    public bool Owns(ReadOnlySpan<FieldDescriptor> path) =>
        Owns(path[0], out var below) || (below is not null && path.Length > 1 && below.Owns(path[1..]));

    /// <summary>The tree below the property that the reader stands at; fails where it is owned.</summary>
    public BoundFields? Enter(JsonField field, ref ProtoJsonReader reader) =>
        Owns(field.Descriptor, out var below) ? throw reader.Fail(Rules.Bound) : below;
}
