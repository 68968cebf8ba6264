using Profiles.Core.Errors;
using Profiles.Core.Identity;
using Profiles.Core.Storage;

namespace Profiles.Core.Organizations;

/// <summary>
/// Keeps organizations. Every method but <see cref="RemoveDeletedAsync"/> is one round trip to the database, and a write records its
/// audit event and tells all instances in the same transaction. When the database cannot be reached they throw
/// <see cref="ProfilesException"/> with <see cref="ErrorReason.StorageUnavailable"/>.
/// </summary>
public interface IOrganizationStore
{
    /// <summary>The organization, or null when there is none or when it is deleted.</summary>
    Task<Organization?> GetAsync(OrganizationId organization, CancellationToken cancellationToken);

    /// <summary>Up to <paramref name="limit"/> organizations in the order of their ids, after <paramref name="after"/>.</summary>
    Task<IReadOnlyList<Organization>> ListAsync(OrganizationId? after, int limit, CancellationToken cancellationToken);

    /// <summary>Creates an organization.</summary>
    Task<OrganizationOutcome> CreateAsync(OrganizationId organization, OrganizationPatch content, WriteContext context, CancellationToken cancellationToken);

    /// <summary>Changes an organization.</summary>
    Task<OrganizationOutcome> UpdateAsync(OrganizationId organization, OrganizationPatch patch, WriteContext context, CancellationToken cancellationToken);

    /// <summary>Deletes an organization: from then on it is unknown, and its records are removed in the background.</summary>
    /// <param name="organization">The organization.</param>
    /// <param name="force">Whether it may have profiles.</param>
    /// <param name="context">Who, when and on what condition.</param>
    /// <param name="cancellationToken">Lets the caller go.</param>
    Task<OrganizationOutcome> DeleteAsync(OrganizationId organization, bool force, WriteContext context, CancellationToken cancellationToken);

    /// <summary>
    /// Removes the records of deleted organizations, in small steps, unless another instance is at it. An organization that was deleted
    /// before <paramref name="time"/>, and whose records are gone, is removed itself, so that its id is free again.
    /// </summary>
    /// <returns>The organizations that were removed.</returns>
    Task<IReadOnlyList<OrganizationId>> RemoveDeletedAsync(DateTime time, CancellationToken cancellationToken);
}
