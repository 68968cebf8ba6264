using Profiles.Core.Rules;

namespace Profiles.Core.Usernames;

/// <summary>An organization's rules for usernames, as they are in effect. Made once when the settings are read, and kept.</summary>
public sealed record UsernameSettings
{
    /// <summary>The most code points that any organization can allow.</summary>
    public const int LengthLimit = 128;

    /// <summary>Fewest code points unless it is set.</summary>
    public const int DefaultMinLength = 1;

    /// <summary>Most code points unless it is set.</summary>
    public const int DefaultMaxLength = 64;

    /// <summary>Renames in 24 hours unless it is set.</summary>
    public const int DefaultRenamesPerDay = 5;

    /// <summary>How long a name is kept unless it is set.</summary>
    public static readonly TimeSpan DefaultHold = TimeSpan.FromDays(14);

    /// <summary>The rules of an organization that set none.</summary>
    public static readonly UsernameSettings Default = new();

    /// <summary>The fewest code points of a name, 1–128.</summary>
    public int MinLength { get; init; } = DefaultMinLength;

    /// <summary>The most code points of a name, 1–128, not below <see cref="MinLength"/>.</summary>
    public int MaxLength { get; init; } = DefaultMaxLength;

    /// <summary>What names match as a whole; null for anything.</summary>
    public WholePattern? Pattern { get; init; }

    /// <summary>Whether a name has at most one owner.</summary>
    public bool Unique { get; init; } = true;

    /// <summary>What is done about look-alikes. Collisions are refused only where names are unique.</summary>
    public LookAlikePolicy LookAlikes { get; init; } = LookAlikePolicy.MixedScript;

    /// <summary>How long a released name is kept for its last owner, 0–365 days.</summary>
    public TimeSpan Hold { get; init; } = DefaultHold;

    /// <summary>How often a user may change the name in 24 hours, 0–1000.</summary>
    public int RenamesPerDay { get; init; } = DefaultRenamesPerDay;
}
