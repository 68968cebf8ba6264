namespace Profiles.Core.Storage;

/// <summary>The state that a record must be in for a write to take place.</summary>
/// <param name="Revisions">The revisions that it may have; null for any.</param>
/// <param name="MustExist">Whether it must exist. Implied by <paramref name="Revisions"/>.</param>
public sealed record Precondition(IReadOnlyList<long>? Revisions, bool MustExist)
{
    /// <summary>No precondition.</summary>
    public static readonly Precondition None = new(Revisions: null, MustExist: false);

    /// <summary>Whether a record that was deleted stays so.</summary>
    public bool KeepDeleted { get; init; }

    /// <summary>Whether an e-mail address that the record has may only stay as it is.</summary>
    public bool KeepEmail { get; init; }

    /// <summary>Whether the write may create a record that never was.</summary>
    public bool MayCreate => Revisions is null && !MustExist;

    /// <summary>Whether the write may create a record anew that was deleted.</summary>
    public bool MayRevive => MayCreate && !KeepDeleted;

    /// <summary>Whether a record at <paramref name="revision"/> meets it.</summary>
    public bool Allows(long revision) => Revisions is null || Revisions.Contains(revision);
}
