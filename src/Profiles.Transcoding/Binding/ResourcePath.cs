using System.Text;
using Profiles.Transcoding.Json;
using Profiles.Transcoding.Json.Fields;

namespace Profiles.Transcoding.Binding;

/// <summary>
/// A path of a field mask in a query, by JSON or proto names. Knowing the message keeps map keys as they are, which the
/// change of letter case in plain ProtoJSON would spoil.
/// </summary>
internal static class ResourcePath
{
    /// <summary>The path in proto names, or null where it names no field; then <paramref name="rule"/> is what it breaks.</summary>
    public static string? ToProto(string path, MessageTable resource, out string rule)
    {
        rule = Rules.FieldMask;
        if (path == "*") return path;

        var proto = new StringBuilder(path.Length + 8);
        var table = resource;
        for (var rest = path; ;)
        {
            var dot = rest.IndexOf('.', StringComparison.Ordinal);
            var part = dot < 0 ? rest : rest[..dot];
            if (!table.TryFind(Encoding.UTF8.GetBytes(part), out var field))
            {
                rule = $"has the path \"{ProtoJsonReader.Clip(path)}\", which {NameSuggestion.Unknown(table, part)}";
                return null;
            }

            proto.Append(field.Descriptor.Name);
            if (dot < 0) return proto.ToString();
            rest = rest[(dot + 1)..];
            proto.Append('.');
            if (field.MaskKind != MaskKind.Message) return rest.Length == 0 ? null : proto.Append(rest).ToString();
            table = ((PlainMessageCodec)MessageCodecs.Find(field.Descriptor.MessageType)).Table;
        }
    }
}
