using Profiles.Core.Audit;
using Profiles.Core.Errors;
using Profiles.Core.Identity;

namespace Profiles.Core.Credentials.Applications;

/// <summary>
/// Keeps signed applications. Every method is one round trip to the database; a change is recorded and announced in the same
/// transaction. When the database cannot be reached they all throw <see cref="ProfilesException"/> with
/// <see cref="ErrorReason.StorageUnavailable"/>.
/// </summary>
public interface IApplicationStore
{
    /// <summary>The application of an app key, a revoked one included, with its secrets; null when there never was one.</summary>
    Task<FoundApplication?> FindAsync(string appKey, CancellationToken cancellationToken);

    /// <summary>One application, or null.</summary>
    Task<Application?> GetAsync(OrganizationId organization, Guid id, DateTime now, CancellationToken cancellationToken);

    /// <summary>Up to <paramref name="limit"/> applications in the order of their creation, after <paramref name="after"/>.</summary>
    Task<IReadOnlyList<Application>> ListAsync(
        OrganizationId organization, Guid? after, int limit, DateTime now, CancellationToken cancellationToken);

    /// <summary>Adds an application, unless its app key is known already.</summary>
    Task<ChangeOutcome<Application>> AddAsync(
        Application application, SealedSecret secret, AuditEvent recorded, CancellationToken cancellationToken);

    /// <summary>Gives an application that is valid a new secret.</summary>
    Task<ChangeOutcome<Application>> RotateAsync(
        OrganizationId organization, SecretRotation rotation, AuditEvent recorded, CancellationToken cancellationToken);

    /// <summary>Revokes an application, at the time of <paramref name="recorded"/>; one that is revoked stays as it is.</summary>
    Task<ChangeOutcome<Application>> RevokeAsync(
        OrganizationId organization, Guid id, AuditEvent recorded, CancellationToken cancellationToken);
}

/// <summary>What an app key stands for.</summary>
/// <param name="Application">The application.</param>
/// <param name="Secrets">Its secrets, those that ended included, the newest first.</param>
public sealed record FoundApplication(Application Application, IReadOnlyList<SealedSecret> Secrets);

/// <summary>A new secret for an application.</summary>
/// <param name="Id">The application.</param>
/// <param name="Secret">The new secret.</param>
/// <param name="OldSecretExpireTime">When the secret before ceases to be valid. Older ones do so at once.</param>
/// <param name="Grantor">Who asks: it must be able to hand on what the application has.</param>
public sealed record SecretRotation(Guid Id, SealedSecret Secret, DateTime OldSecretExpireTime, Grantor Grantor);
