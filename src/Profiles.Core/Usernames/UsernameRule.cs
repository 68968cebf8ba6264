namespace Profiles.Core.Usernames;

/// <summary>The rule that a username breaks. docs/usernames.md explains each.</summary>
public enum UsernameRule
{
    /// <summary>A name has at least one character.</summary>
    Empty,

    /// <summary>The organization's minimum length.</summary>
    TooShort,

    /// <summary>The organization's maximum length.</summary>
    TooLong,

    /// <summary>A name is text: no unpaired surrogates.</summary>
    NotText,

    /// <summary>A name is given in Unicode Normalization Form C.</summary>
    NotNormalized,

    /// <summary>Every character is one of the PRECIS IdentifierClass (RFC 8264, section 4.2).</summary>
    DisallowedCharacter,

    /// <summary>Some characters stand beside certain others only (RFC 5892, appendix A).</summary>
    CharacterOutOfPlace,

    /// <summary>A name does not begin with a combining mark, and no character carries more than four.</summary>
    CombiningMarks,

    /// <summary>Names with right-to-left characters obey the Bidi Rule (RFC 5893, section 2).</summary>
    Direction,

    /// <summary>A name has one key, however often the mappings are applied (RFC 8265, section 3.3.3).</summary>
    UnstableKey,

    /// <summary>Look-alike policy: one script, or one of the customary combinations (UTS #39, "highly restrictive").</summary>
    MixedScripts,

    /// <summary>Look-alike policy: digits of one number system (UTS #39, section 5.3).</summary>
    MixedNumbers,

    /// <summary>Look-alike policy strict: only characters recommended for identifiers (UTS #39, Identifier_Status).</summary>
    UncommonCharacter,

    /// <summary>The organization's pattern.</summary>
    Pattern,
}
