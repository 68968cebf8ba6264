using Profiles.Core.Rules;

namespace Profiles.Core.Organizations;

/// <summary>Rules for usernames as they are in effect.</summary>
/// <param name="Unique">Whether a name belongs to one user only.</param>
/// <param name="MinLength">Fewest code points.</param>
/// <param name="MaxLength">Most code points.</param>
/// <param name="Pattern">What the whole name must match; null for anything.</param>
/// <param name="Lookalikes">What is done against names that look like others.</param>
/// <param name="Hold">How long only the last owner may take a released name again.</param>
/// <param name="RenamesPerDay">How often a user may change the name in 24 hours.</param>
public sealed record UsernameSettings(
    bool Unique, int MinLength, int MaxLength, WholePattern? Pattern, LookalikePolicy Lookalikes, TimeSpan Hold, int RenamesPerDay)
{
    /// <summary>Fewest code points unless it is set.</summary>
    public const int DefaultMinLength = 1;

    /// <summary>Most code points unless it is set.</summary>
    public const int DefaultMaxLength = 64;

    internal const long DefaultHoldSeconds = 14 * 24 * 60 * 60;
}

/// <summary>What is done against usernames that look like others. The numbers are those of the contract.</summary>
public enum LookalikePolicy
{
    /// <summary>Nothing.</summary>
    Off = 1,

    /// <summary>Names that mix scripts, or imitate a name in another script, are refused.</summary>
    MixedScript = 2,

    /// <summary>Every name that looks like another is refused.</summary>
    Strict = 3,
}
