using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Profiles.Core.Identity;

namespace Profiles.Core.Records;

/// <summary>
/// The opaque tag of one state of one record: the revision and a check on whose record it is (<c>7-9f86d081</c>), so that
/// a tag of one record never stands for a state of another one.
/// </summary>
public static class Etag
{
    /// <summary>A revision that no record ever has: what a tag of another record is read as.</summary>
    public const long NoRevision = 0;

    /// <summary>The rule, as a caller reads it in an error.</summary>
    public const string Rule = "must be an etag as it was returned with a read or a write";

    private const int CheckDigits = 8;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    /// <summary>The tag of a profile's state.</summary>
    public static string Format(ProfileKey key, long revision) => Format(Check(key), revision);

    /// <summary>The tag of an organization's state.</summary>
    public static string Format(OrganizationId organization, long revision) => Format(Check(organization), revision);

    /// <summary>
    /// Reads the revision that a tag stands for, <see cref="NoRevision"/> when it is another record's; false when the text
    /// has not the form of a tag.
    /// </summary>
    public static bool TryParse(ProfileKey key, ReadOnlySpan<char> text, out long revision) => TryParse(Check(key), text, out revision);

    /// <summary>The same for an organization's tag.</summary>
    public static bool TryParse(OrganizationId organization, ReadOnlySpan<char> text, out long revision) =>
        TryParse(Check(organization), text, out revision);

    private static string Format(uint check, long revision) => string.Create(CultureInfo.InvariantCulture, $"{revision}-{check:x8}");

    private static bool TryParse(uint check, ReadOnlySpan<char> text, out long revision)
    {
        revision = NoRevision;
        var dash = text.IndexOf('-');
        if (dash < 0 || !TryParseRevision(text[..dash], out var parsed))
            return false;
        var digits = text[(dash + 1)..];
        if (digits.Length != CheckDigits || digits.ContainsAnyExcept(HexDigits))
            return false;

        if (uint.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) == check)
            revision = parsed;
        return true;
    }

    // The parser of the framework forgives leading zeros and trailing NUL characters.
    private static bool TryParseRevision(ReadOnlySpan<char> text, out long revision)
    {
        revision = NoRevision;
        return !text.StartsWith('0')
            && !text.ContainsAnyExceptInRange('0', '9')
            && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out revision);
    }

    private static uint Check(ProfileKey key) => Check(key.Organization.Value, key.User.Value);

    // No user id is empty, so that no profile has the check of its organization.
    private static uint Check(OrganizationId organization) => Check(organization.Value, string.Empty);

    private static uint Check(string organization, string user)
    {
        const int maxBytes = OrganizationId.MaxLength + 1 + UserId.MaxLength;
        Span<byte> text = stackalloc byte[maxBytes];
        var length = Encoding.ASCII.GetBytes(organization, text);
        text[length++] = 0;
        length += Encoding.ASCII.GetBytes(user, text[length..]);

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text[..length], hash);
        return BinaryPrimitives.ReadUInt32BigEndian(hash);
    }
}
