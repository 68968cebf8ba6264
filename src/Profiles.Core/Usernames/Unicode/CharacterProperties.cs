namespace Profiles.Core.Usernames.Unicode;

/// <summary>Yes-or-no properties of a character.</summary>
[Flags]
internal enum CharacterFlags : byte
{
    None = 0,
    Cased = 1,
    CaseIgnorable = 2,

    /// <summary>Identifier_Status is Allowed (UTS #39).</summary>
    Recommended = 4,

    /// <summary>A combining mark, spacing or not.</summary>
    Mark = 8,
    DecimalDigit = 16,
}

/// <summary>How a character joins its neighbours in cursive scripts, as far as a rule asks (RFC 5892, appendix A.1).</summary>
internal enum JoiningType : byte
{
    NonJoining,
    Left,
    Right,
    Dual,
    Transparent,
    Causing,
}

/// <summary>What the rules ask of a character. Characters that are alike share one instance.</summary>
internal sealed record CharacterProperties(
    IdentifierClass Class,
    byte CombiningClass,
    BidiClass Bidi,
    JoiningType Joining,
    CharacterFlags Flags,
    ScriptSet Scripts)
{
    public const byte ViramaClass = 9;

    public static CharacterProperties Unassigned { get; } =
        new(IdentifierClass.Unassigned, 0, BidiClass.Other, JoiningType.NonJoining, CharacterFlags.None, default);

    public bool Is(CharacterFlags flag) => (Flags & flag) != CharacterFlags.None;
}
