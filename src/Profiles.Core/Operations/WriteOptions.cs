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

    /// <summary>The id of the HTTP request that asks, for the history; null where there is none.</summary>
    public string? HttpRequestId { get; init; }

    /// <summary>Whether a record that was deleted stays so. Not for writes that ask for a username or a picture.</summary>
    public bool KeepDeleted { get; init; }

    /// <summary>Whether an e-mail address that the record has may only stay as it is. Not for writes that ask for a username or a picture.</summary>
    public bool KeepEmail { get; init; }

    /// <summary>The state that the record of <paramref name="key"/> must be in.</summary>
    /// <param name="key">Whose record.</param>
    /// <param name="etagField">Where the request has its etag, for a violation.</param>
    /// <exception cref="ProfilesException">An etag is malformed.</exception>
    internal Precondition PreconditionFor(ProfileKey key, string etagField) =>
        Etags.Count == 0 && !MustExist && !KeepDeleted && !KeepEmail
            ? Precondition.None
            : new Precondition(Etags.Count == 0 ? null : Etags.Select(etag => RevisionOf(key, etag, etagField)).ToList(), MustExist)
            {
                KeepDeleted = KeepDeleted,
                KeepEmail = KeepEmail,
            };

    /// <summary>The state that an organization must be in; it must exist in any case.</summary>
    /// <param name="organization">The organization.</param>
    /// <param name="etagField">Where the request has its etag, for a violation.</param>
    /// <exception cref="ProfilesException">An etag is malformed.</exception>
    internal Precondition PreconditionFor(OrganizationId organization, string etagField) => new(
        Etags.Count == 0
            ? null
            : Etags.Select(etag => Etag.TryParse(organization, etag, out var revision)
                ? revision
                : throw ProfilesException.Invalid(etagField, Etag.Rule)).ToList(),
        MustExist: true);

    /// <summary>The request's identifier, or null.</summary>
    /// <exception cref="ProfilesException">It is not a UUID.</exception>
    internal Guid? ParseRequestId()
    {
        if (RequestId.Length == 0)
            return null;
        // The parser forgives blanks around it and signs and prefixes within; one id must not have two spellings.
        return Guid.TryParseExact(RequestId, "D", out var id)
            && id.ToString("D").Equals(RequestId, StringComparison.OrdinalIgnoreCase)
            ? id
            : throw ProfilesException.Invalid("request_id", "must be a UUID such as 0190e2c8-5a3f-7c1e-8f2b-3d4c5b6a7988");
    }

    private static long RevisionOf(ProfileKey key, string etag, string field) =>
        Etag.TryParse(key, etag, out var revision) ? revision : throw ProfilesException.Invalid(field, Etag.Rule);
}
