using Profiles.Core.Access;
using Profiles.Core.Audit;
using Profiles.Core.Errors;
using Profiles.Core.Identity;
using Profiles.Core.Operations;
using Profiles.Core.Organizations;
using Profiles.Core.Storage;

namespace Profiles.Core.Usernames;

/// <summary>The use cases of the denylist.</summary>
/// <param name="store">Where names are kept.</param>
/// <param name="clock">Tells the time of changes.</param>
public sealed class UsernameDenylist(IUsernameStore store, TimeProvider clock)
{
    /// <summary>The most names of a call that denies or allows names.</summary>
    public const int MaxNames = 1000;

    /// <summary>The most names of a denylist that replaces another one.</summary>
    public const int MaxSize = 1_000_000;

    /// <summary>The most bytes that its names have together, in UTF-8.</summary>
    public const int MaxBytes = 64 * 1024 * 1024;

    /// <summary>Throws unless names are unique in the organization.</summary>
    /// <exception cref="ProfilesException">They are not (<see cref="ErrorReason.UsernamesNotUnique"/>).</exception>
    public static void DemandUnique(Organization organization)
    {
        if (!organization.Settings.Usernames.Unique)
            throw new ProfilesException(ErrorReason.UsernamesNotUnique, "Usernames need not be unique in this organization.");
    }

    /// <summary>Denies names, each with its replacement, one after another.</summary>
    /// <param name="organization">The organization.</param>
    /// <param name="requests">The names.</param>
    /// <param name="replacementRules">The rules that the replacements have to obey.</param>
    /// <param name="actor">Who denies them.</param>
    /// <param name="httpRequestId">The id of the HTTP request; null where there is none.</param>
    /// <param name="cancellationToken">Lets the caller go.</param>
    /// <returns>What became of each, in the order of the names.</returns>
    public async Task<IReadOnlyList<DenyResult>> DenyAsync(
        Organization organization,
        IReadOnlyList<DenyRequest> requests,
        UsernameSettings replacementRules,
        Actor actor,
        string? httpRequestId,
        CancellationToken cancellationToken)
    {
        DemandUnique(organization);
        if (requests.Count is 0 or > MaxNames)
            throw ProfilesException.Invalid("usernames", $"must have 1–{MaxNames} entries, yet has {requests.Count}");

        var batch = new DenyBatch(requests, replacementRules);
        var results = new List<DenyResult>(requests.Count);
        foreach (var pair in batch.Pairs)
        {
            results.Add(pair.Failure ?? new DenyResult(
                pair.Text,
                await store.DenyAsync(
                    organization.Id,
                    pair.Name!,
                    pair.Replacement,
                    CreateContext(actor, httpRequestId),
                    Record(AuditAction.UsernameDenied, organization, actor, httpRequestId),
                    cancellationToken)));
        }

        return results;
    }

    /// <summary>Takes names off the denylist.</summary>
    public async Task<(IReadOnlyList<string> Allowed, IReadOnlyList<string> InUse, IReadOnlyList<string> NotDenied)> AllowAsync(
        Organization organization,
        IReadOnlyList<string> texts,
        Actor actor,
        string? httpRequestId,
        CancellationToken cancellationToken)
    {
        DemandUnique(organization);
        if (texts.Count is 0 or > MaxNames)
            throw ProfilesException.Invalid("usernames", $"must have 1–{MaxNames} entries, yet has {texts.Count}");
        var names = Read(texts);
        var outcome = await store.AllowAsync(
            organization.Id, names, Record(AuditAction.UsernamesAllowed, organization, actor, httpRequestId), cancellationToken);
        return (
            TextsOf(names.Where(name => outcome.Allowed.Contains(name.Key))),
            TextsOf(names.Where(name => outcome.InUse.Contains(name.Key))),
            TextsOf(names.Where(name => !outcome.Allowed.Contains(name.Key) && !outcome.InUse.Contains(name.Key))));
    }

    /// <summary>Makes names the denylist.</summary>
    /// <returns>The names that are in use, and how many the list has; when some are in use nothing changed.</returns>
    public async Task<(IReadOnlyList<string> InUse, int Size)> ReplaceAsync(
        Organization organization,
        IReadOnlyCollection<DeniedName> names,
        Actor actor,
        string? httpRequestId,
        CancellationToken cancellationToken)
    {
        DemandUnique(organization);
        var outcome = await store.ReplaceAsync(
            organization.Id, names, Record(AuditAction.DenylistReplaced, organization, actor, httpRequestId), cancellationToken);
        return (outcome.InUse, outcome.InUse.Count == 0 ? names.Count : 0);
    }

    /// <summary>A page of the denylist.</summary>
    public async Task<Page<DeniedEntry>> ListAsync(
        Organization organization, string prefix, PageRequest page, CancellationToken cancellationToken)
    {
        DemandUnique(organization);
        if (prefix.Length > 2 * DeniedName.MaxLength)
            throw ProfilesException.Invalid("prefix", $"must have at most {DeniedName.MaxLength} characters");
        if (prefix.Contains('\0', StringComparison.Ordinal))
            throw ProfilesException.Invalid("prefix", "must not have U+0000");
        var query = $"denied usernames {organization.Id.Value} {prefix}";
        var limit = page.Limit;
        var after = PageToken.DecodeText(query, page.PageToken);
        var names = await store.ListDeniedAsync(organization.Id, DeniedName.KeyPrefix(prefix), after, limit + 1, cancellationToken);
        return Page<DeniedEntry>.Of(names, limit, last => PageToken.Encode(query, last.Key));
    }

    private static List<DeniedName> Read(IReadOnlyList<string> texts)
    {
        var set = new DeniedNameSet();
        set.Add(texts);
        return set.Names.ToList();
    }

    private static List<string> TextsOf(IEnumerable<DeniedName> names) => names.Select(name => name.Text).ToList();

    private WriteContext CreateContext(Actor actor, string? httpRequestId)
    {
        var now = clock.GetUtcNow();
        var mustExist = new Precondition(Revisions: null, MustExist: true);
        return new WriteContext(OrderedId.Create(now), now.UtcDateTime, actor, httpRequestId, mustExist, Request: null)
        {
            Reason = Records.ProfileChangeReason.UsernameDenied,
        };
    }

    private AuditEvent Record(AuditAction action, Organization organization, Actor actor, string? httpRequestId)
    {
        var now = clock.GetUtcNow();
        return new AuditEvent(OrderedId.Create(now), now.UtcDateTime, action, organization.Id.Value, [], actor, httpRequestId);
    }
}
