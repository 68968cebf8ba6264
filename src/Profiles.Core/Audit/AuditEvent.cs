using Profiles.Core.Access;

namespace Profiles.Core.Audit;

/// <summary>One recorded change of an organization or a credential.</summary>
/// <param name="Id">Names the event: an <see cref="Identity.OrderedId"/>, for events are listed by it.</param>
/// <param name="Time">When it happened, in UTC.</param>
/// <param name="Action">What happened.</param>
/// <param name="ResourceId">The organization, key or application that it happened to.</param>
/// <param name="ChangedFields">The fields that changed, by their paths in the contract; no values.</param>
/// <param name="Actor">Who did it.</param>
/// <param name="HttpRequestId">The id of the request that did it; null for a command.</param>
public sealed record AuditEvent(
    Guid Id,
    DateTime Time,
    AuditAction Action,
    string ResourceId,
    IReadOnlyList<string> ChangedFields,
    Actor Actor,
    string? HttpRequestId);

/// <summary>What can happen to organizations and credentials. The numbers are stored, and are those of the contract.</summary>
public enum AuditAction
{
    /// <summary>The organization was created.</summary>
    OrganizationCreated = 1,

    /// <summary>The organization's name or settings changed.</summary>
    OrganizationUpdated = 2,

    /// <summary>The organization was deleted.</summary>
    OrganizationDeleted = 3,

    /// <summary>An API key was created or imported.</summary>
    ApiKeyCreated = 4,

    /// <summary>An API key got a new secret text.</summary>
    ApiKeyRotated = 5,

    /// <summary>An API key was revoked.</summary>
    ApiKeyRevoked = 6,

    /// <summary>An application was created.</summary>
    ApplicationCreated = 7,

    /// <summary>An application got a new secret.</summary>
    ApplicationSecretRotated = 8,

    /// <summary>An application was revoked.</summary>
    ApplicationRevoked = 9,

    /// <summary>A name was put on the denylist.</summary>
    UsernameDenied = 10,

    /// <summary>Names were taken off the denylist.</summary>
    UsernamesAllowed = 11,

    /// <summary>The denylist was replaced.</summary>
    DenylistReplaced = 12,
}
