using System.Text;
using Google.Protobuf;
using Profiles.Transcoding.Errors;
using Profiles.Transcoding.Json;
using Profiles.Transcoding.Json.Fields;

namespace Profiles.Transcoding.Binding;

/// <summary>
/// A field that a name of a query or a form stands for: the message that holds it, its path in proto names, and what another
/// source owns inside it.
/// </summary>
internal readonly record struct NamedField(JsonField Field, IMessage Target, string Path, BoundFields? Bound);

/// <summary>
/// Finds the fields of one message that names stand for, by JSON or proto name, dotted where nested. Made for one request:
/// nothing is kept between requests, so what callers send cannot fill a cache.
/// </summary>
internal sealed class NamedValues(IMessage message, MessageTable table, BoundFields? bound, int maxDepth, bool ignoreUnknown)
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    /// <summary>The field, with its message made where it was absent; null where the name is unknown and may be ignored.</summary>
    /// <exception cref="RequestFault">The name stands for no field, or for one that another part of the request gives.</exception>
    public NamedField? Find(string name)
    {
        var (within, target, owned) = (table, message, bound);
        var path = "";
        for (var start = 0; ;)
        {
            var dot = name.IndexOf('.', start);
            var part = dot < 0 ? name[start..] : name[start..dot];
            if (!within.TryFind(Encoding.UTF8.GetBytes(part), out var field)) return Unknown(within, name, part);

            BoundFields? below = null;
            if (owned?.Owns(field.Descriptor, out below) == true) throw Fault(name, Rules.Bound);
            Claim(field, path, name, last: dot < 0);
            path += field.Descriptor.Name;
            if (dot < 0) return new NamedField(field, target, path, below);
            if (field.MaskKind != MaskKind.Message) throw Fault(name, "has no fields of its own");
            if (path.AsSpan().Count('.') >= maxDepth) throw Fault(name, $"is nested deeper than {maxDepth} levels");

            path += ".";
            target = field.GetOrCreate(target);
            within = ((PlainMessageCodec)MessageCodecs.Find(field.Descriptor.MessageType)).Table;
            owned = below;
            start = dot + 1;
        }
    }

    /// <summary>Sets the field from text; one more element where it is repeated.</summary>
    public static void SetText(NamedField found, string name, ReadOnlySpan<byte> utf8)
    {
        if (!found.Field.AcceptsText) throw Fault(name, NotText(found.Field));
        if (!found.Field.TrySetText(found.Target, utf8)) throw Fault(name, found.Field.Rule);
    }

    public static RequestFault Fault(string name, string rule) => RequestFault.Field(ProtoJsonReader.Clip(name), rule);

    private NamedField? Unknown(MessageTable within, string name, string part) =>
        ignoreUnknown ? null : throw Fault(name, NameSuggestion.Unknown(within, part));

    /// <summary>A single field may come once, as a whole or by its own fields, and of a oneof one member only.</summary>
    private void Claim(JsonField field, string path, string name, bool last)
    {
        var descriptor = field.Descriptor;
        var (whole, parts) = (path + descriptor.Name, path + descriptor.Name + ".");
        if (last && !descriptor.IsRepeated && (!_seen.Add(whole) || _seen.Contains(parts))) throw Fault(name, Rules.Repeated);
        if (!last && _seen.Contains(whole)) throw Fault(name, Rules.Repeated);
        if (!last) _seen.Add(parts);
        if (field.OneofIndex < 0) return;

        // The oneof remembers its member: a nested message may get several of its own fields.
        var oneof = path + descriptor.RealContainingOneof.Name + "=";
        if (!_seen.Contains(oneof + descriptor.Name) && !_seen.Add(oneof))
            throw Fault(name, $"is beside another member of the oneof \"{descriptor.RealContainingOneof.Name}\"");
        _seen.Add(oneof + descriptor.Name);
    }

    private static string NotText(JsonField field) => field.MaskKind switch
    {
        MaskKind.Message => "is a message: name its fields, for instance " + field.Descriptor.JsonName + ".x",
        _ => Rules.NotText,
    };
}
