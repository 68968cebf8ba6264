using System.Text;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Profiles.Transcoding.Json;
using Profiles.Transcoding.Json.WellKnown;

namespace Profiles.Transcoding.Binding;

/// <summary>Sets the fields that query parameters name.</summary>
internal sealed class QueryBinder(BindingPlan plan, JsonTranscodingOptions options)
{
    /// <returns>Whether there was one that is not to be ignored.</returns>
    public bool Bind(IMessage message, string? query)
    {
        if (string.IsNullOrEmpty(query)) return false;

        var values = new NamedValues(message, plan.Request.Table, plan.BoundInQuery, options.MaxDepth, options.IgnoreUnknownQueryParameters);
        var bound = false;
        EncodedPairs.Read(
            query.AsSpan().TrimStart('?'),
            options.MaxQueryParameters,
            "query",
            options.IgnoredQueryParameters,
            (name, utf8) => bound |= BindPair(message, values, name, utf8));
        return bound;
    }

    private bool BindPair(IMessage message, NamedValues values, string name, ReadOnlySpan<byte> utf8)
    {
        if (values.Find(name) is not { } found) return false;
        if (plan.BodyIsRequest) throw NamedValues.Fault(name, Rules.Bound);
        if (found.Field == plan.Mask?.Field) SetMask(message, name, Encoding.UTF8.GetString(utf8));
        else NamedValues.SetText(found, name, utf8);
        return true;
    }

    private void SetMask(IMessage message, string name, string text)
    {
        var mask = new FieldMask();
        if (!FieldMaskText.TrySplit(text, out var paths)) throw NamedValues.Fault(name, Rules.FieldMask);
        foreach (var path in paths)
        {
            var proto = ResourcePath.ToProto(path, plan.Mask!.Table, out var rule) ?? throw NamedValues.Fault(name, rule);
            mask.Paths.Add(proto);
        }

        plan.Mask!.Field.Descriptor.Accessor.SetValue(message, mask);
    }
}
