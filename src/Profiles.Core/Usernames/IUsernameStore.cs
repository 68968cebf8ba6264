using Profiles.Core.Audit;
using Profiles.Core.Identity;
using Profiles.Core.Storage;

namespace Profiles.Core.Usernames;

/// <summary>
/// Reads and changes what is known of names. That a user gets one is part of a profile's write (<see cref="IProfileStore"/>).
/// </summary>
public interface IUsernameStore
{
    /// <summary>What stands in the way of a user's getting names, by their index; null for those that are to be had. One round trip.</summary>
    /// <param name="organization">The organization.</param>
    /// <param name="user">Who asks; null for nobody who could have a name.</param>
    /// <param name="names">The names.</param>
    /// <param name="time">The time, for names that are kept until some.</param>
    /// <param name="cancellationToken">Lets the caller go.</param>
    Task<IReadOnlyList<UsernameRefusalKind?>> CheckAsync(
        OrganizationId organization, UserId? user, IReadOnlyList<Username> names, DateTime time, CancellationToken cancellationToken);

    /// <summary>Up to <paramref name="limit"/> denied names in the order of their keys. One round trip.</summary>
    /// <param name="organization">The organization.</param>
    /// <param name="keyPrefix">What the keys begin with.</param>
    /// <param name="after">The key to go on from; empty for the first page.</param>
    /// <param name="limit">Most names.</param>
    /// <param name="cancellationToken">Lets the caller go.</param>
    Task<IReadOnlyList<DeniedEntry>> ListDeniedAsync(
        OrganizationId organization, KeyPrefix keyPrefix, string after, int limit, CancellationToken cancellationToken);

    /// <summary>Denies one name, and renames its owner.</summary>
    /// <param name="organization">The organization.</param>
    /// <param name="name">The name.</param>
    /// <param name="replacement">The owner's new name; null if there is none.</param>
    /// <param name="context">Of the owner's change.</param>
    /// <param name="recorded">The event, if the name is denied.</param>
    /// <param name="cancellationToken">Lets the caller go.</param>
    Task<DenyOutcome> DenyAsync(
        OrganizationId organization,
        DeniedName name,
        UsernameClaim? replacement,
        WriteContext context,
        AuditEvent recorded,
        CancellationToken cancellationToken);

    /// <summary>Takes names off the denylist, except those in use.</summary>
    Task<AllowOutcome> AllowAsync(
        OrganizationId organization, IReadOnlyList<DeniedName> names, AuditEvent recorded, CancellationToken cancellationToken);

    /// <summary>Makes the names the denylist, unless some are in use. All or nothing: what breaks off is undone.</summary>
    Task<ReplaceOutcome> ReplaceAsync(
        OrganizationId organization, IReadOnlyCollection<DeniedName> names, AuditEvent recorded, CancellationToken cancellationToken);

    /// <summary>Undoes replacements that broke off and could not be undone then, as when their server was killed.</summary>
    /// <returns>How many organizations it was.</returns>
    Task<int> UndoUnfinishedAsync(CancellationToken cancellationToken);
}

/// <summary>A name on the denylist.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Text">The name as given.</param>
public sealed record DeniedEntry(string Key, string Text);

/// <summary>What became of the denial of a name.</summary>
/// <param name="Kind">What became of it.</param>
/// <param name="Renamed">The user who has the replacement now.</param>
/// <param name="Refusal">Why the owner does not get the replacement.</param>
public sealed record DenyOutcome(DenyOutcomeKind Kind, string? Renamed = null, UsernameRefusal? Refusal = null);

/// <summary>What can become of the denial of a name.</summary>
public enum DenyOutcomeKind
{
    /// <summary>It is denied now.</summary>
    Added,

    /// <summary>It was denied before.</summary>
    AlreadyDenied,

    /// <summary>Several users have names that look like it.</summary>
    SeveralOwners,

    /// <summary>Its owner does not get the replacement, or there is none.</summary>
    ReplacementRefused,
}

/// <summary>What became of taking names off the denylist, by their keys.</summary>
/// <param name="Allowed">The names that are denied no more.</param>
/// <param name="InUse">The names that users have.</param>
public sealed record AllowOutcome(IReadOnlySet<string> Allowed, IReadOnlySet<string> InUse);

/// <summary>What became of a new denylist.</summary>
/// <param name="InUse">Names of it that are in use, as given. When there are any, nothing changed.</param>
public sealed record ReplaceOutcome(IReadOnlyList<string> InUse);
