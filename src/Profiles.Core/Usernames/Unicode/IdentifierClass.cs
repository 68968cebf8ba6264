namespace Profiles.Core.Usernames.Unicode;

/// <summary>
/// What the PRECIS IdentifierClass makes of a character (RFC 8264, section 8). "Disallowed" is split by its reasons, so that
/// an error can tell them.
/// </summary>
internal enum IdentifierClass : byte
{
    Unassigned,
    Valid,
    ContextJoiner,
    ContextOther,
    Control,
    Ignorable,
    Compatibility,
    Space,
    Symbol,
    Punctuation,
    OtherLetter,
    Exception,
}
