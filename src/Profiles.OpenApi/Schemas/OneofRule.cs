using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;

namespace Profiles.OpenApi.Schemas;

/// <summary>Says in a schema that of a oneof no two members are there at once. Most code generators pass over it unharmed.</summary>
internal static class OneofRule
{
    /// <summary>Adds the rule to an object.</summary>
    /// <param name="schema">The object.</param>
    /// <param name="properties">Its properties: each a field, with the messages around it where the name of the property is dotted.</param>
    /// <param name="form">What the properties are called.</param>
    public static void Add(JsonObject schema, IReadOnlyList<FieldDescriptor[]> properties, SchemaForm form)
    {
        var pairs = new JsonArray();
        for (var i = 0; i < properties.Count; i++)
        {
            for (var j = i + 1; j < properties.Count; j++)
            {
                if (Exclude(properties[i], properties[j]))
                    pairs.Add(new JsonObject { ["required"] = new JsonArray(form.NameOf(properties[i]), form.NameOf(properties[j])) });
            }
        }

        if (pairs.Count > 0)
            schema["not"] = new JsonObject { ["anyOf"] = pairs };
    }

    // Where the two paths part, they part at two members of a oneof.
    private static bool Exclude(FieldDescriptor[] one, FieldDescriptor[] other)
    {
        var at = one.AsSpan().CommonPrefixLength(other);
        return at < one.Length && at < other.Length
            && one[at].RealContainingOneof is { } oneof
            && oneof == other[at].RealContainingOneof;
    }
}
