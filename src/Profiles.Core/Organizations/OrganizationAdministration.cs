using Profiles.Core.Access;
using Profiles.Core.Errors;
using Profiles.Core.Identity;
using Profiles.Core.Operations;
using Profiles.Core.Storage;

namespace Profiles.Core.Organizations;

/// <summary>The use cases of organizations, for the service and for the command line. Who may call them is their callers' business.</summary>
/// <param name="store">Where organizations are kept.</param>
/// <param name="clock">Tells the time of changes.</param>
public sealed class OrganizationAdministration(IOrganizationStore store, TimeProvider clock)
{
    /// <summary>Creates an organization.</summary>
    /// <exception cref="ProfilesException">
    /// There is one (<see cref="ErrorReason.OrganizationExists"/>), or settings contradict each other.
    /// </exception>
    public async Task<Organization> CreateAsync(
        OrganizationId organization, OrganizationPatch content, Actor actor, string? httpRequestId, CancellationToken cancellationToken)
    {
        if (content.CheckTogether(OrganizationSettings.Default) is { Count: > 0 } violations)
            throw ProfilesException.Invalid(violations);
        var context = CreateContext(actor, httpRequestId, Precondition.None);
        return Succeed(await store.CreateAsync(organization, content, context, cancellationToken)).Organization!;
    }

    /// <summary>Creates an organization without settings where there is none, on the service's own account.</summary>
    public async Task EnsureAsync(OrganizationId organization, CancellationToken cancellationToken)
    {
        var context = CreateContext(new Actor(ActorType.System, "server"), httpRequestId: null, Precondition.None);
        await store.CreateAsync(organization, new OrganizationPatchBuilder(string.Empty).Build(), context, cancellationToken);
    }

    /// <summary>One organization.</summary>
    /// <exception cref="ProfilesException">There is none (<see cref="ErrorReason.OrganizationNotFound"/>).</exception>
    public async Task<Organization> GetAsync(OrganizationId organization, CancellationToken cancellationToken) =>
        await store.GetAsync(organization, cancellationToken) ?? throw NotFound();

    /// <summary>A page of all organizations, ordered by their ids.</summary>
    public async Task<Page<Organization>> ListAsync(PageRequest page, CancellationToken cancellationToken)
    {
        const string query = "organizations";
        var limit = page.Limit;
        var after = PageToken.DecodeOrganization(query, page.PageToken);
        var organizations = await store.ListAsync(after, limit + 1, cancellationToken);
        return Page<Organization>.Of(organizations, limit, last => PageToken.Encode(query, last.Id));
    }

    /// <summary>Changes an organization.</summary>
    /// <returns>
    /// An outcome of kind <see cref="OrganizationOutcomeKind.Written"/> or <see cref="OrganizationOutcomeKind.Unchanged"/>.
    /// </returns>
    /// <exception cref="ProfilesException">The change was refused; nothing was written.</exception>
    public async Task<OrganizationOutcome> UpdateAsync(
        OrganizationId organization, OrganizationPatch patch, Actor actor, WriteOptions options, CancellationToken cancellationToken)
    {
        var context = CreateContext(actor, options.HttpRequestId, options.PreconditionFor(organization, "organization.etag"));
        return Succeed(await store.UpdateAsync(organization, patch, context, cancellationToken));
    }

    /// <summary>Deletes an organization.</summary>
    /// <param name="organization">The organization.</param>
    /// <param name="force">Whether it may have profiles.</param>
    /// <param name="actor">Who deletes it.</param>
    /// <param name="options">On what condition.</param>
    /// <param name="cancellationToken">Lets the caller go.</param>
    /// <exception cref="ProfilesException">The deletion was refused; nothing was deleted.</exception>
    public async Task DeleteAsync(
        OrganizationId organization, bool force, Actor actor, WriteOptions options, CancellationToken cancellationToken)
    {
        var context = CreateContext(actor, options.HttpRequestId, options.PreconditionFor(organization, "etag"));
        Succeed(await store.DeleteAsync(organization, force, context, cancellationToken));
    }

    private WriteContext CreateContext(Actor actor, string? httpRequestId, Precondition precondition)
    {
        var now = clock.GetUtcNow();
        return new WriteContext(OrderedId.Create(now), now.UtcDateTime, actor, httpRequestId, precondition, Request: null);
    }

    private static OrganizationOutcome Succeed(OrganizationOutcome outcome) =>
        outcome.Kind switch
        {
            OrganizationOutcomeKind.Written or OrganizationOutcomeKind.Unchanged => outcome,
            OrganizationOutcomeKind.NotFound => throw NotFound(),
            OrganizationOutcomeKind.Contradiction => throw ProfilesException.Invalid(outcome.Violations!),
            OrganizationOutcomeKind.Exists => throw new ProfilesException(
                ErrorReason.OrganizationExists, "There is an organization of this id, or one is still being removed."),
            OrganizationOutcomeKind.StaleRevision => throw new ProfilesException(
                ErrorReason.StaleEtag, "The organization has changed since the etag was issued. Read it again and retry."),
            OrganizationOutcomeKind.NotEmpty => throw new ProfilesException(
                ErrorReason.OrganizationNotEmpty, "The organization has profiles. Set force to delete it with them."),
            _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome.Kind, "An outcome without a meaning."),
        };

    private static ProfilesException NotFound() => new(ErrorReason.OrganizationNotFound, "There is no such organization.");
}
