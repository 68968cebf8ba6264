using System.Buffers;
using System.Buffers.Text;

namespace Profiles.Server.Tokens;

/// <summary>
/// base64url without padding (RFC 7515, section 2), in the one form that encodes given bytes: no white space, no padding, no
/// bits that mean nothing. Two different texts never stand for the same bytes.
/// </summary>
internal static class CanonicalBase64Url
{
    private static readonly SearchValues<char> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    // The letters whose last four, or last two, bits are zero.
    private const string LastOfOneByte = "AQgw";
    private const string LastOfTwoBytes = "AEIMQUYcgkosw048";

    public static bool IsCanonical(ReadOnlySpan<char> text) =>
        !text.ContainsAnyExcept(Alphabet) && (text.Length % 4) switch
        {
            0 => true,
            2 => LastOfOneByte.Contains(text[^1], StringComparison.Ordinal),
            3 => LastOfTwoBytes.Contains(text[^1], StringComparison.Ordinal),
            _ => false,
        };

    /// <summary>The bytes; null when the text is not in canonical form.</summary>
    public static byte[]? Decode(ReadOnlySpan<char> text) => IsCanonical(text) ? Base64Url.DecodeFromChars(text) : null;
}
