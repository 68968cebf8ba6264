using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Profiles.Transcoding.Calls;

/// <summary>What the header <c>Accept</c> asks for (RFC 9110, section 12.5.1).</summary>
internal static class Accepted
{
    public const string Json = "application/json";
    public const string Problem = "application/problem+json";
    public const string JsonLines = "application/x-ndjson";
    public const string EventStream = "text/event-stream";

    private static readonly MediaTypeHeaderValue s_json = new(Json);
    private static readonly MediaTypeHeaderValue s_jsonLines = new(JsonLines);

    /// <summary>Whether JSON may be answered. A header that is absent or malformed asks for nothing.</summary>
    public static bool AllowsJson(HttpRequest request)
    {
        if (!TryRead(request, out var ranges)) return true;
        // Who names only the form of errors wants to read them, and takes the usual form of success.
        return Quality(ranges, s_json) > 0 || Named(ranges, Problem) > 0;
    }

    /// <summary>Whether errors shall be problem documents: they are named, and JSON is not preferred to them.</summary>
    public static bool PrefersProblem(HttpRequest request)
    {
        if (!TryRead(request, out var ranges)) return false;
        var problem = Named(ranges, Problem);
        return problem > 0 && problem >= Named(ranges, Json);
    }

    /// <summary>The form of a stream: <see cref="EventStream"/>, <see cref="JsonLines"/>, or null when neither may be answered.</summary>
    public static string? Stream(HttpRequest request)
    {
        if (!TryRead(request, out var ranges)) return JsonLines;
        var lines = Math.Max(Quality(ranges, s_jsonLines), Quality(ranges, s_json));
        var events = Named(ranges, EventStream);
        if (events > 0 && events >= lines) return EventStream;
        return lines > 0 || Named(ranges, Problem) > 0 ? JsonLines : null;
    }

    private static bool TryRead(HttpRequest request, out IList<MediaTypeHeaderValue> ranges)
    {
        ranges = [];
        var accept = request.Headers.Accept;
        if (accept.Count == 0 || accept is ["*/*"] or [Json]) return false;
        return MediaTypeHeaderValue.TryParseList(accept, out ranges!) && ranges.Count > 0;
    }

    /// <summary>The quality of the most specific range that the type is in; 0 for none.</summary>
    private static double Quality(IList<MediaTypeHeaderValue> ranges, MediaTypeHeaderValue type)
    {
        MediaTypeHeaderValue? best = null;
        foreach (var range in ranges)
        {
            if (range.MatchesMediaType(type.MediaType) && (best is null || Specificity(range) > Specificity(best))) best = range;
        }

        return best is null ? 0 : best.Quality ?? 1;
    }

    private static int Specificity(MediaTypeHeaderValue range)
    {
        if (range.MatchesAllTypes) return 0;
        return range.MatchesAllSubTypes ? 1 : 2;
    }

    private static double Named(IList<MediaTypeHeaderValue> ranges, string type)
    {
        foreach (var range in ranges)
        {
            if (range.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase)) return range.Quality ?? 1;
        }

        return 0;
    }
}
