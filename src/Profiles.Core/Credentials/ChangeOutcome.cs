using Profiles.Core.Errors;

namespace Profiles.Core.Credentials;

/// <summary>What became of a change of a credential.</summary>
/// <param name="Kind">What became of it.</param>
/// <param name="Record">The credential afterwards; null when there is none.</param>
/// <typeparam name="T">The kind of credential.</typeparam>
public sealed record ChangeOutcome<T>(ChangeOutcomeKind Kind, T? Record = null)
    where T : class
{
    /// <summary>The credential after a change that took place, or that was not needed.</summary>
    /// <param name="what">What the credential is called in an error.</param>
    /// <exception cref="ProfilesException">The change was refused.</exception>
    internal T Succeed(string what) =>
        Kind switch
        {
            ChangeOutcomeKind.Done => Record!,
            ChangeOutcomeKind.NotFound => throw CredentialErrors.NotFound(what),
            ChangeOutcomeKind.InUse => throw CredentialErrors.Exists(what),
            ChangeOutcomeKind.Ended => throw CredentialErrors.Ended(what),
            _ => throw Grantor.Exceeded(),
        };
}

/// <summary>The ways a change can end.</summary>
public enum ChangeOutcomeKind
{
    /// <summary>The credential is as the change asked.</summary>
    Done,

    /// <summary>There is no such credential.</summary>
    NotFound,

    /// <summary>The text is that of another credential.</summary>
    InUse,

    /// <summary>The credential is revoked or expired.</summary>
    Ended,

    /// <summary>The credential has more permissions than the grantor, or speaks for a user that the grantor may not.</summary>
    Exceeds,
}
