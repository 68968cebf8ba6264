using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Profiles.Server.Tokens;

/// <summary>The three parts of a token in compact form (RFC 7515, section 7.1): base64url without padding, nothing else.</summary>
/// <param name="Header">The JOSE header, in JSON.</param>
/// <param name="Payload">The claims, in JSON.</param>
/// <param name="Signature">The signature.</param>
/// <param name="SignedBytes">What was signed: the first two parts as they were sent.</param>
internal readonly record struct CompactToken(byte[] Header, byte[] Payload, byte[] Signature, byte[] SignedBytes)
{
    private static readonly SearchValues<char> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    public static bool TryRead(string token, out CompactToken parts)
    {
        parts = default;
        var first = token.IndexOf('.', StringComparison.Ordinal);
        var second = first < 0 ? -1 : token.IndexOf('.', first + 1);
        if (second < 0)
            return false;

        var header = Decode(token.AsSpan(0, first));
        var payload = Decode(token.AsSpan(first + 1, second - first - 1));
        var signature = Decode(token.AsSpan(second + 1));
        if (header is null || payload is null || signature is null)
            return false;
        parts = new CompactToken(header, payload, signature, Encoding.ASCII.GetBytes(token, 0, second));
        return true;
    }

    // One text for one value: no padding, no white space, no stray bits in the last character.
    private static byte[]? Decode(ReadOnlySpan<char> part)
    {
        if (part.IsEmpty || part.ContainsAnyExcept(Alphabet))
            return null;
        var bytes = new byte[Base64Url.GetMaxDecodedLength(part.Length)];
        if (Base64Url.DecodeFromChars(part, bytes, out _, out var written) != OperationStatus.Done)
            return null;
        return HasStrayBits(part, bytes.AsSpan(0, written)) ? null : bytes[..written];
    }

    private static bool HasStrayBits(ReadOnlySpan<char> part, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length % 3 is not (var rest and > 0))
            return false;
        Span<char> last = stackalloc char[4];
        Base64Url.EncodeToChars(bytes[^rest..], last);
        return last[rest] != part[^1];
    }
}
