using System.Diagnostics.CodeAnalysis;
using System.Text;
using Google.Protobuf.WellKnownTypes;
using Profiles.Transcoding.Json.Codecs;

namespace Profiles.Transcoding.Json.WellKnown;

/// <summary>
/// Paths separated by commas, in lowerCamelCase. A part in backticks (a map key, AIP-161) is kept letter for letter.
/// </summary>
internal sealed class FieldMaskCodec : TextCodec<FieldMask>
{
    public override string Rule => Rules.FieldMask;

    public override bool TryParse(ReadOnlySpan<byte> utf8, [MaybeNullWhen(false)] out FieldMask value)
    {
        value = new FieldMask();
        if (!FieldMaskText.TrySplit(Encoding.UTF8.GetString(utf8), out var paths)) return false;

        foreach (var path in paths)
        {
            if (!FieldMaskText.TryToProto(path, out var proto)) return false;
            value.Paths.Add(proto);
        }

        return true;
    }

    public override void Write(ref ProtoJsonWriter writer, FieldMask value)
    {
        var text = new StringBuilder();
        foreach (var path in value.Paths)
        {
            if (!FieldMaskText.TryToJson(path, out var json))
                throw new InvalidOperationException("A field mask has a path that lowerCamelCase cannot express.");
            if (text.Length > 0) text.Append(',');
            text.Append(json);
        }

        writer.WriteText(text.ToString());
    }
}
