namespace Profiles.Transcoding.Routing;

/// <summary>Matches raw paths with a template.</summary>
internal static class TemplateMatcher
{
    /// <summary>Whether the path, without its first <paramref name="skip"/> segments, matches.</summary>
    public static bool Matches(HttpTemplate template, RequestPath path, int skip)
    {
        var segments = template.Segments;
        var count = path.Count - skip;
        if (template.HasRest ? count < segments.Length - 1 : count != segments.Length) return false;
        if (!HasVerb(template, path)) return false;

        for (var i = 0; i < segments.Length && i < count; i++)
        {
            if (!Matches(segments[i], Segment(template, path, skip + i))) return false;
        }

        return true;
    }

    /// <summary>Decodes what the variable took; false where an escape or its UTF-8 is broken.</summary>
    public static bool TryCapture(
        HttpTemplate template, TemplateVariable variable, RequestPath path, int skip, Span<byte> utf8, out int length)
    {
        length = 0;
        var end = variable.End == template.Segments.Length && template.HasRest ? path.Count : skip + variable.End;
        var decoding = variable.IsMultiSegment ? PercentDecoding.Segments : PercentDecoding.Segment;
        for (var i = skip + variable.Start; i < end; i++)
        {
            if (i > skip + variable.Start) utf8[length++] = (byte)'/';
            if (!PercentDecoder.TryDecode(Segment(template, path, i), utf8[length..], decoding, out var written)) return false;
            length += written;
        }

        return true;
    }

    /// <summary>The most bytes that a variable can take of the path.</summary>
    public static int MaxCapture(RequestPath path)
    {
        var length = 0;
        for (var i = 0; i < path.Count; i++) length += PercentDecoder.MaxLength(path[i].Length) + 1;
        return length;
    }

    private static bool HasVerb(HttpTemplate template, RequestPath path)
    {
        if (template.Verb is not { } verb) return true;
        var last = path[path.Count - 1];
        return last.Length > verb.Length && last[^(verb.Length + 1)] == ':' && last.EndsWith(verb, StringComparison.Ordinal);
    }

    private static ReadOnlySpan<char> Segment(HttpTemplate template, RequestPath path, int index)
    {
        var segment = path[index];
        return index == path.Count - 1 && template.Verb is { } verb ? segment[..^(verb.Length + 1)] : segment;
    }

    private static bool Matches(TemplateSegment segment, ReadOnlySpan<char> raw) => segment.Kind switch
    {
        SegmentKind.Rest => true,
        SegmentKind.Any => !raw.IsEmpty,
        _ => raw.SequenceEqual(segment.Literal) || (raw.Contains('%') && DecodesTo(raw, segment.Literal)),
    };

    private static bool DecodesTo(ReadOnlySpan<char> raw, string literal)
    {
        var utf8 = new byte[PercentDecoder.MaxLength(raw.Length)];
        return PercentDecoder.TryDecode(raw, utf8, PercentDecoding.Segment, out var length)
            && System.Text.Encoding.UTF8.GetString(utf8, 0, length) == literal;
    }
}
