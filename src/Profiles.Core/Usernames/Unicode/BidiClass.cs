namespace Profiles.Core.Usernames.Unicode;

/// <summary>The bidirectional classes that the Bidi Rule tells apart (RFC 5893, section 2), under their usual names.</summary>
internal enum BidiClass : byte
{
    Other,
    L,
    R,
    AL,
    AN,
    EN,
    ES,
    CS,
    ET,
    ON,
    BN,
    NSM,
}
