using System.Text;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Profiles.Transcoding.Json;
using Profiles.Transcoding.Json.WellKnown;

namespace Profiles.Transcoding.Binding;

/// <summary>Sets the fields that query parameters name.</summary>
internal sealed class QueryBinder(BindingPlan plan, JsonTranscodingOptions options)
{
    public void Bind(IMessage message, string? query)
    {
        if (string.IsNullOrEmpty(query)) return;

        var values = new NamedValues(message, plan.Request.Table, plan.BoundInQuery, options.MaxDepth, options.IgnoreUnknownQueryParameters);
        EncodedPairs.Read(
            query.AsSpan().TrimStart('?'),
            options.MaxQueryParameters,
            "query",
            options.IgnoredQueryParameters,
            (name, utf8) => BindPair(message, values, name, utf8));
    }

    private void BindPair(IMessage message, NamedValues values, string name, ReadOnlySpan<byte> utf8)
    {
        if (values.Find(name) is not { } found) return;
        if (plan.BodyIsRequest) throw NamedValues.Fault(name, Rules.Bound);
        if (found.Field == plan.Mask?.Field) SetMask(message, name, Encoding.UTF8.GetString(utf8));
        else NamedValues.SetText(found, name, utf8);
    }

    private void SetMask(IMessage message, string name, string text)
    {
        var mask = new FieldMask();
        if (!FieldMaskText.TrySplit(text, out var paths)) throw NamedValues.Fault(name, Rules.FieldMask);
        foreach (var path in paths)
        {
            var proto = ResourcePath.ToProto(path, plan.Mask!.Table) ?? throw NamedValues.Fault(name, Rules.FieldMask);
            mask.Paths.Add(proto);
        }

        plan.Mask!.Field.Descriptor.Accessor.SetValue(message, mask);
    }
}
