using Profiles.Core.Errors;

namespace Profiles.Core.Organizations;

/// <summary>What became of a write to an organization.</summary>
/// <param name="Kind">What became of it.</param>
/// <param name="Organization">The organization afterwards; null when the write was refused or deleted it.</param>
/// <param name="Violations">The rules about several settings that it breaks.</param>
public sealed record OrganizationOutcome(
    OrganizationOutcomeKind Kind, Organization? Organization = null, IReadOnlyList<FieldViolation>? Violations = null);

/// <summary>The ways a write to an organization can end.</summary>
public enum OrganizationOutcomeKind
{
    /// <summary>It took place.</summary>
    Written,

    /// <summary>The organization already was as the write asked; nothing was written.</summary>
    Unchanged,

    /// <summary>There is no such organization.</summary>
    NotFound,

    /// <summary>There is one of this id, or one is being removed.</summary>
    Exists,

    /// <summary>The organization has not the revision that the write asks for.</summary>
    StaleRevision,

    /// <summary>Settings contradict each other.</summary>
    Contradiction,

    /// <summary>The organization has profiles.</summary>
    NotEmpty,
}
