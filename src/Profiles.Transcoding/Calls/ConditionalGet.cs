using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Profiles.Transcoding.Calls;

/// <summary>
/// <c>If-None-Match</c> (RFC 9110, section 13.1.2): a reader who has the current version is told so, without the body.
/// </summary>
internal static class ConditionalGet
{
    /// <summary>Whether 304 is the answer. A header that is malformed is treated as if it were absent, so the answer is whole.</summary>
    public static bool IsNotModified(HttpContext context)
    {
        var request = context.Request;
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method)) return false;
        if (request.Headers.IfNoneMatch is not { Count: > 0 } header) return false;
        if (!EntityTagHeaderValue.TryParse(context.Response.Headers.ETag.ToString(), out var current)) return false;
        if (!EntityTagHeaderValue.TryParseStrictList(header, out var known)) return false;

        foreach (var tag in known)
        {
            if (tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(current, useStrongComparison: false)) return true;
        }

        return false;
    }
}
