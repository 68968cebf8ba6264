namespace Profiles.Core.Usernames;

/// <summary>An organization's wishes about usernames, unchecked: what a request says and what is stored.</summary>
public sealed record UsernameSettings
{
    /// <summary>The fewest code points of a name, 1–128.</summary>
    public int MinLength { get; init; } = 1;

    /// <summary>The most code points of a name, 1–128, not below <see cref="MinLength"/>.</summary>
    public int MaxLength { get; init; } = 64;

    /// <summary>A regular expression that names match as a whole (<see cref="UsernamePattern"/>); null for none.</summary>
    public string? Pattern { get; init; }

    /// <summary>Whether a name has at most one owner.</summary>
    public bool Unique { get; init; } = true;

    /// <summary>What is done about look-alikes. Collisions are refused only where names are unique.</summary>
    public LookAlikePolicy LookAlikes { get; init; } = LookAlikePolicy.MixedScript;

    /// <summary>For how many days a released name is kept for its last owner, 0–365.</summary>
    public int HoldDays { get; init; } = 14;

    /// <summary>How often a user may change the name in a day, 1–1000.</summary>
    public int RenamesPerDay { get; init; } = 5;
}
