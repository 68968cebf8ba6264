using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Profiles.Transcoding.Routing;

/// <summary>
/// The path of a request before percent-decoding, cut at its slashes. The server's own decoding loses whether a slash or
/// colon was encoded, and a template needs to know.
/// </summary>
internal sealed class RequestPath
{
    private readonly string _raw;
    private readonly List<Range> _segments = new(8);
    private string? _routed;

    public RequestPath(string raw)
    {
        _raw = raw;
        var start = raw.StartsWith('/') ? 1 : 0;
        for (var i = start; i <= raw.Length; i++)
        {
            if (i < raw.Length && raw[i] != '/') continue;
            _segments.Add(start..i);
            start = i + 1;
        }
    }

    private RequestPath(RequestPath path)
    {
        _raw = path._raw;
        _segments = path._segments[..^1];
    }

    public int Count => _segments.Count;

    public ReadOnlySpan<char> this[int index] => _raw.AsSpan(_segments[index]);

    /// <summary>The path without the slash at its end, if there is one.</summary>
    public RequestPath WithoutTrailingSlash() => Count > 1 && this[Count - 1].IsEmpty ? new RequestPath(this) : this;

    /// <summary>The path of the request, made once for a request unless middleware changes it.</summary>
    public static RequestPath Of(HttpContext context)
    {
        var routed = context.Request.Path.Value ?? "";
        if (context.Features.Get<RequestPath>() is { } known && known._routed == routed) return known;

        var path = new RequestPath(RawPath(context.Request, routed)) { _routed = routed };
        context.Features.Set(path);
        return path;
    }

    /// <summary>
    /// The path as sent, where it is the one that was routed. Dot segments, a path base and rewriting make them differ; then
    /// the routed path counts, encoded anew.
    /// </summary>
    private static string RawPath(HttpRequest request, string routed)
    {
        var sent = request.HttpContext.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        var end = sent.AsSpan().IndexOfAny('?', '#');
        var raw = end < 0 ? sent : sent[..end];
        if (raw == routed) return raw;
        return raw.Contains('%', StringComparison.Ordinal) && DecodesTo(raw, routed) ? raw : request.Path.ToUriComponent();
    }

    private static bool DecodesTo(string raw, string routed)
    {
        var utf8 = new byte[PercentDecoder.MaxLength(raw.Length)];
        return PercentDecoder.TryDecode(raw, utf8, PercentDecoding.Segments, out var length)
            && Encoding.UTF8.GetString(utf8, 0, length) == routed;
    }
}
