using Google.Protobuf.Reflection;
using Profiles.Transcoding;

namespace Profiles.OpenApi.Schemas;

/// <summary>
/// The fields of a message that another part of the request gives, so that they stand neither in the body nor in the query; their
/// siblings in a oneof with them.
/// </summary>
internal sealed class FieldTree
{
    // The value is the tree below the field, or null where the whole field is meant.
    private readonly Dictionary<FieldDescriptor, FieldTree?> fields = [];

    /// <summary>What a body, of which <paramref name="within"/> is the field, cannot have. Null: nothing.</summary>
    public static FieldTree? OfBody(RouteBinding binding, FieldDescriptor? within)
    {
        var tree = new FieldTree();
        foreach (var path in binding.Variables.Select(variable => variable.Path.ToArray()))
        {
            if (within is null)
                tree.Add(path);
            else if (path.Length > 1 && path[0] == within)
                tree.Add(path.AsSpan(1));
        }

        return tree.fields.Count > 0 ? tree : null;
    }

    /// <summary>What a query cannot have.</summary>
    public static FieldTree OfQuery(RouteBinding binding)
    {
        var tree = new FieldTree();
        foreach (var variable in binding.Variables)
            tree.Add([.. variable.Path]);
        if (binding.BodyField is { } body)
            tree.Add([body]);
        return tree;
    }

    /// <summary>Whether the field is given elsewhere, all of it; otherwise <paramref name="below"/> says what of it is.</summary>
    public bool Has(FieldDescriptor field, out FieldTree? below) => fields.TryGetValue(field, out below) && below is null;

    private void Add(ReadOnlySpan<FieldDescriptor> path)
    {
        var field = path[0];
        foreach (var sibling in field.RealContainingOneof?.Fields ?? [])
        {
            if (sibling != field)
                fields[sibling] = null;
        }

        if (path.Length == 1)
        {
            fields[field] = null;
            return;
        }

        if (!fields.TryGetValue(field, out var below))
            fields[field] = below = new FieldTree();
        below?.Add(path[1..]);
    }
}
