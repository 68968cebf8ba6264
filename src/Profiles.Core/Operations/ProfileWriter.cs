using Profiles.Core.Access;
using Profiles.Core.Errors;
using Profiles.Core.Identity;
using Profiles.Core.Patches;
using Profiles.Core.Storage;

namespace Profiles.Core.Operations;

/// <summary>The use cases that change profiles.</summary>
/// <param name="store">Where profiles are kept.</param>
/// <param name="clock">Tells the time of changes.</param>
public sealed class ProfileWriter(IProfileStore store, TimeProvider clock)
{
    /// <summary>The most writes of one <see cref="WriteManyAsync"/>.</summary>
    public const int MaxBatchSize = 100;

    /// <summary>Changes one profile, and creates it where that is allowed.</summary>
    /// <returns>An outcome of kind <see cref="WriteOutcomeKind.Written"/> or <see cref="WriteOutcomeKind.Unchanged"/>.</returns>
    /// <exception cref="ProfilesException">The write was refused; nothing was written.</exception>
    public async Task<WriteOutcome> WriteAsync(
        ProfileKey key, ProfilePatch patch, Actor actor, WriteOptions options, CancellationToken cancellationToken)
    {
        var write = Prepare(key, patch, actor, options);
        var outcomes = await store.WriteAsync(key.Organization, [write], cancellationToken);
        return Succeed(outcomes[0]);
    }

    /// <summary>
    /// Changes profiles of different users. Each write has an outcome of its own, at its index; check it with
    /// <see cref="Succeed"/>.
    /// </summary>
    /// <exception cref="ProfilesException">There are more than <see cref="MaxBatchSize"/> writes.</exception>
    public async Task<IReadOnlyList<WriteOutcome>> WriteManyAsync(
        OrganizationId organization, IReadOnlyList<ProfileWrite> writes, CancellationToken cancellationToken)
    {
        if (writes.Count > MaxBatchSize)
            throw ProfilesException.Invalid("requests", $"must have at most {MaxBatchSize} entries, yet has {writes.Count}");
        return writes.Count == 0 ? [] : await store.WriteAsync(organization, writes, cancellationToken);
    }

    /// <summary>Deletes one profile, the values of its history included.</summary>
    /// <returns>The outcome, with the revision of the deletion.</returns>
    /// <exception cref="ProfilesException">The deletion was refused; nothing was deleted.</exception>
    public async Task<WriteOutcome> DeleteAsync(
        ProfileKey key, Actor actor, WriteOptions options, CancellationToken cancellationToken)
    {
        var context = CreateContext("delete", "etag", key, actor, options, patch: null);
        return Succeed(await store.DeleteAsync(key, new ProfileDelete(context), cancellationToken));
    }

    /// <summary>Deletes the profiles of those users who have one, the values of their histories included.</summary>
    /// <exception cref="ProfilesException">There are more than <see cref="MaxBatchSize"/> users.</exception>
    public async Task DeleteManyAsync(
        OrganizationId organization, IReadOnlyList<UserId> users, Actor actor, WriteOptions options, CancellationToken cancellationToken)
    {
        if (users.Count > MaxBatchSize)
            throw ProfilesException.Invalid("user_ids", $"must have at most {MaxBatchSize} entries, yet has {users.Count}");
        var deletes = users.Distinct()
            .Select(user => (user, new ProfileDelete(
                CreateContext("delete", "etag", new ProfileKey(organization, user), actor, options, patch: null))))
            .ToList();
        await store.DeleteManyAsync(organization, deletes, cancellationToken);
    }

    /// <summary>Checks what can be checked without the record.</summary>
    /// <exception cref="ProfilesException">An etag or the request id is malformed.</exception>
    public ProfileWrite Prepare(ProfileKey key, ProfilePatch patch, Actor actor, WriteOptions options) =>
        new(key.User, patch, CreateContext("write", "profile.etag", key, actor, options, patch));

    /// <summary>Returns a successful outcome.</summary>
    /// <exception cref="ProfilesException">The write was refused.</exception>
    public static WriteOutcome Succeed(WriteOutcome outcome) =>
        outcome.Kind is WriteOutcomeKind.Written or WriteOutcomeKind.Unchanged
            ? outcome
            : throw ProfileErrors.From(outcome);

    private WriteContext CreateContext(
        string operation, string etagField, ProfileKey key, Actor actor, WriteOptions options, ProfilePatch? patch)
    {
        if (options is { KeepDeleted: true } or { KeepEmail: true } && (patch?.Username is not null || patch?.Picture is not null))
            throw new ArgumentException("A write that asks for a username or a picture cannot ask for this.", nameof(options));
        var now = clock.GetUtcNow();
        var precondition = options.PreconditionFor(key, etagField);
        var request = options.ParseRequestId() is { } id
            ? new IdempotentRequest(id, RequestFingerprint.Compute(operation, key, actor, precondition, patch))
            : null;
        return new WriteContext(OrderedId.Create(now), now.UtcDateTime, actor, options.HttpRequestId, precondition, request);
    }
}
