using System.Text;
using Google.Protobuf;
using Profiles.Transcoding.Errors;
using Profiles.Transcoding.Json;
using Profiles.Transcoding.Json.Fields;
using Profiles.Transcoding.Json.WellKnown;
using Profiles.Transcoding.Routing;

namespace Profiles.Transcoding.Binding;

/// <summary>
/// Sets the fields that query parameters name, by JSON or proto name, dotted where nested. Nothing is kept between
/// requests, so what callers send cannot fill a cache.
/// </summary>
internal sealed class QueryBinder(BindingPlan plan, JsonTranscodingOptions options)
{
    private const int StackLimit = 512;

    public void Bind(IMessage message, string? query)
    {
        if (string.IsNullOrEmpty(query)) return;

        var seen = new HashSet<string>(StringComparer.Ordinal);
        var rest = query.AsSpan().TrimStart('?');
        for (var count = 1; !rest.IsEmpty; count++)
        {
            var end = rest.IndexOf('&');
            var pair = end < 0 ? rest : rest[..end];
            rest = end < 0 ? [] : rest[(end + 1)..];
            if (pair.IsEmpty) continue;
            if (count > options.MaxQueryParameters)
                throw RequestFault.Invalid($"The query has more than {options.MaxQueryParameters} parameters.");

            BindPair(message, pair, seen);
        }
    }

    private void BindPair(IMessage message, ReadOnlySpan<char> pair, HashSet<string> seen)
    {
        var equals = pair.IndexOf('=');
        var name = DecodeName(equals < 0 ? pair : pair[..equals]);
        if (options.IgnoredQueryParameters.Contains(name)) return;
        if (Find(message, name, seen) is not { Field: { } field, Target: { } target }) return;

        var value = equals < 0 ? [] : pair[(equals + 1)..];
        var most = PercentDecoder.MaxLength(value.Length);
        var utf8 = most <= StackLimit ? stackalloc byte[StackLimit] : new byte[most];
        if (!PercentDecoder.TryDecode(value, utf8, PercentDecoding.Query, out var length))
            throw RequestFault.Field(ProtoJsonReader.Clip(name), Rules.Unicode);

        if (field == plan.Mask) SetMask(message, name, Encoding.UTF8.GetString(utf8[..length]));
        else if (!field.TrySetText(target, utf8[..length])) throw RequestFault.Field(ProtoJsonReader.Clip(name), field.Rule);
    }

    private static string DecodeName(ReadOnlySpan<char> name)
    {
        var utf8 = new byte[PercentDecoder.MaxLength(name.Length)];
        if (!PercentDecoder.TryDecode(name, utf8, PercentDecoding.Query, out var length))
            throw RequestFault.Invalid("The name of a query parameter is no valid percent-encoded UTF-8.");
        return Encoding.UTF8.GetString(utf8, 0, length);
    }

    /// <summary>The field and the message that holds it; null where the name may be ignored.</summary>
    private (JsonField Field, IMessage Target)? Find(IMessage message, string name, HashSet<string> seen)
    {
        var (table, target, bound) = (plan.Request.Table, message, (BoundFields?)plan.BoundInQuery);
        var path = "";
        for (var start = 0; ;)
        {
            var dot = name.IndexOf('.', start);
            var part = dot < 0 ? name[start..] : name[start..dot];
            if (!table.TryFind(Encoding.UTF8.GetBytes(part), out var field)) return Unknown(table, name, part);

            BoundFields? below = null;
            if (plan.BodyIsRequest || bound?.Owns(field.Descriptor, out below) == true) throw Fault(name, Rules.Bound);
            Claim(field, path, seen, name, last: dot < 0);
            if (dot < 0) return field.AcceptsText ? (field, target) : throw Fault(name, NotText(field));
            if (field.MaskKind != MaskKind.Message) throw Fault(name, "has no fields of its own");
            if (path.AsSpan().Count('.') >= options.MaxDepth) throw Fault(name, $"is nested deeper than {options.MaxDepth} levels");

            path += field.Descriptor.Name + ".";
            target = field.GetOrCreate(target);
            table = ((PlainMessageCodec)MessageCodecs.Find(field.Descriptor.MessageType)).Table;
            bound = below;
            start = dot + 1;
        }
    }

    private (JsonField Field, IMessage Target)? Unknown(MessageTable table, string name, string part) =>
        options.IgnoreUnknownQueryParameters ? null : throw Fault(name, NameSuggestion.Unknown(table, part));

    /// <summary>A single field may come once, and of a oneof one member only.</summary>
    private static void Claim(JsonField field, string path, HashSet<string> seen, string name, bool last)
    {
        var descriptor = field.Descriptor;
        if (last && !descriptor.IsRepeated && !seen.Add(path + descriptor.Name)) throw Fault(name, Rules.Repeated);
        if (field.OneofIndex < 0) return;

        // The oneof remembers its member: a nested message may get several of its own fields.
        var oneof = path + descriptor.RealContainingOneof.Name + "=";
        if (!seen.Contains(oneof + descriptor.Name) && !seen.Add(oneof))
            throw Fault(name, $"is beside another member of the oneof \"{descriptor.RealContainingOneof.Name}\"");
        seen.Add(oneof + descriptor.Name);
    }

    private static string NotText(JsonField field) => field.MaskKind switch
    {
        MaskKind.Message => "is a message: name its fields, for instance " + field.Descriptor.JsonName + ".x",
        _ => Rules.NotText,
    };

    private void SetMask(IMessage message, string name, string text)
    {
        var mask = new Google.Protobuf.WellKnownTypes.FieldMask();
        foreach (var path in text.Length == 0 ? [] : FieldMaskText.Split(text))
        {
            var proto = ResourcePath.ToProto(path, plan.Resource!) ?? throw Fault(name, Rules.FieldMask);
            mask.Paths.Add(proto);
        }

        plan.Mask!.Descriptor.Accessor.SetValue(message, mask);
    }

    private static RequestFault Fault(string name, string rule) => RequestFault.Field(ProtoJsonReader.Clip(name), rule);
}
