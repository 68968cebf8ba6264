using Grpc.Core;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Profiles.Core.Errors;
using Profiles.Server.Access;
using WriteOptions = Profiles.Core.Operations.WriteOptions;

namespace Profiles.Server.Services;

/// <summary>
/// What a write is bound to: by its message, or by the headers <c>If-Match</c> (RFC 9110, section 13.1.1) and
/// <c>Idempotency-Key</c>.
/// </summary>
internal static class RequestConditions
{
    private const string IfMatch = "if-match";
    private const string IfNoneMatch = "if-none-match";
    private const string IdempotencyKey = "idempotency-key";
    private const string AnyTag = "*";
    private const int MaxTags = 16;

    /// <summary>Reads the conditions of a call.</summary>
    /// <exception cref="ProfilesException">A header is malformed, or contradicts the message.</exception>
    public static WriteOptions Read(ServerCallContext context, string etag, string requestId, bool mustExist = false, string etagField = "profile.etag")
    {
        var headers = HeadersOf(context);
        if (headers.IfNoneMatch.Count > 0)
            throw ProfilesException.Invalid(IfNoneMatch, "must not be sent with a write");
        IReadOnlyList<string> etags = etag.Length > 0 ? [etag] : [];
        if (headers.IfMatch is { Count: > 0 } tags)
        {
            var isAny = tags is [{ } one] && one.Trim() == AnyTag;
            mustExist |= isAny;
            etags = isAny ? etags : Agree(etags, ReadTags(tags), etagField);
        }

        return new WriteOptions(etags, mustExist, ReadRequestId(headers, requestId)) { HttpRequestId = context.GetHttpRequestId() };
    }

    /// <summary>Refuses headers that bind one write, on a call of several.</summary>
    /// <exception cref="ProfilesException">The call has such a header.</exception>
    public static void RefuseHeaders(ServerCallContext context)
    {
        var headers = HeadersOf(context);
        foreach (var name in (string[])[IfMatch, IdempotencyKey])
        {
            if (headers.ContainsKey(name))
                throw ProfilesException.Invalid(name, "must not be sent here: each call of the batch has fields of its own for it");
        }
    }

    // Of HTTP itself: as metadata all headers would be copied.
    private static IHeaderDictionary HeadersOf(ServerCallContext context) => context.GetHttpContext().Request.Headers;

    private static List<string> ReadTags(StringValues header)
    {
        if (!EntityTagHeaderValue.TryParseStrictList(header!, out var tags)
            || tags.Count is 0 or > MaxTags
            || tags.Any(tag => tag.Tag == AnyTag))
        {
            throw ProfilesException.Invalid(IfMatch, $"must be * or 1–{MaxTags} etags in double quotes");
        }

        // If-Match compares strongly, and a weak tag never matches: nobody got one from us.
        if (tags.Any(tag => tag.IsWeak))
            throw ProfilesException.Invalid(IfMatch, "must not have weak etags");
        return tags.Select(tag => tag.Tag.Subsegment(1, tag.Tag.Length - 2).ToString()).ToList();
    }

    private static List<string> Agree(IReadOnlyList<string> etags, List<string> tags, string etagField) =>
        etags.Count == 0 || tags.Contains(etags[0])
            ? tags
            : throw ProfilesException.Invalid(etagField, "must agree with the header If-Match");

    private static string ReadRequestId(IHeaderDictionary headers, string requestId)
    {
        if (!headers.TryGetValue(IdempotencyKey, out var given) || given.Count == 0)
            return requestId;
        var header = given.ToString().Trim('"');
        if (given.Count > 1 || header.Length == 0)
            throw ProfilesException.Invalid(IdempotencyKey, "must be one UUID");
        return requestId.Length == 0 || string.Equals(requestId, header, StringComparison.OrdinalIgnoreCase)
            ? header
            : throw ProfilesException.Invalid("request_id", "must agree with the header Idempotency-Key");
    }
}
