using Profiles.Core.Errors;
using Profiles.Core.Identity;
using Profiles.Core.Records;
using Profiles.Core.Storage;

namespace Profiles.Core.Operations;

/// <summary>What a caller can ask for beside the content of a write.</summary>
/// <param name="Etags">The tags that the record may have; empty for any.</param>
/// <param name="MustExist">Whether the record must exist.</param>
/// <param name="RequestId">The caller's identifier of the request, a UUID; empty for none.</param>
public sealed record WriteOptions(IReadOnlyList<string> Etags, bool MustExist, string RequestId)
{
    /// <summary>Nothing beside the content.</summary>
    public static readonly WriteOptions None = new([], MustExist: false, RequestId: string.Empty);

    /// <summary>The state that the record of <paramref name="key"/> must be in.</summary>
    /// <exception cref="ProfilesException">An etag is malformed.</exception>
    internal Precondition PreconditionFor(ProfileKey key) =>
        Etags.Count == 0 && !MustExist
            ? Precondition.None
            : new Precondition(Etags.Count == 0 ? null : Etags.Select(etag => RevisionOf(key, etag)).ToList(), MustExist);

    /// <summary>The request's identifier, or null.</summary>
    /// <exception cref="ProfilesException">It is not a UUID.</exception>
    internal Guid? ParseRequestId()
    {
        if (RequestId.Length == 0)
            return null;
        return Guid.TryParseExact(RequestId, "D", out var id)
            ? id
            : throw ProfilesException.Invalid("request_id", "must be a UUID such as 0190e2c8-5a3f-7c1e-8f2b-3d4c5b6a7988");
    }

    private static long RevisionOf(ProfileKey key, string etag) =>
        Etag.TryParse(key, etag, out var revision) ? revision : throw ProfilesException.Invalid("etag", Etag.Rule);
}
