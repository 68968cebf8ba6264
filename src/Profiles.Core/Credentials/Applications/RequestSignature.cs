using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Profiles.Core.Credentials.Applications;

/// <summary>
/// What an application's server sends to sign a request: a nonce, a timestamp, and the SHA-1 of secret, nonce and timestamp, one
/// after the other.
/// </summary>
/// <param name="Nonce">A text of the caller's choice.</param>
/// <param name="Timestamp">Seconds or milliseconds since 1970, as text.</param>
/// <param name="Digest">The 20 bytes of the signature.</param>
public sealed record RequestSignature(string Nonce, string Timestamp, byte[] Digest)
{
    /// <summary>The most characters of a nonce, and of a timestamp.</summary>
    public const int MaxLength = 128;

    // As seconds this is the year 5138, as milliseconds 1973: no clock is that wrong.
    private const long FirstMilliseconds = 100_000_000_000;

    /// <summary>Reads the texts as they were sent; null when they are none of this form.</summary>
    public static RequestSignature? TryRead(string nonce, string timestamp, string signature)
    {
        var digest = new byte[SHA1.HashSizeInBytes];
        return IsShort(nonce)
            && IsShort(timestamp)
            && signature.Length == 2 * digest.Length
            && Convert.FromHexString(signature, digest, out _, out _) == System.Buffers.OperationStatus.Done
                ? new RequestSignature(nonce, timestamp, digest)
                : null;
    }

    /// <summary>
    /// Whether it was made with one of these secrets. It takes the same steps whatever the answer is, and wherever a difference
    /// lies.
    /// </summary>
    [SuppressMessage("Security", "CA5350", Justification = "The clients' signature is what it is: a keyed prefix, not a digest of content.")]
    public bool IsMadeWith(IReadOnlyList<byte[]> secrets)
    {
        Span<byte> digest = stackalloc byte[SHA1.HashSizeInBytes];
        var content = Encoding.UTF8.GetBytes(Nonce + Timestamp);
        var matches = false;
        foreach (var secret in secrets)
        {
            SHA1.HashData([.. secret, .. content], digest);
            matches |= CryptographicOperations.FixedTimeEquals(digest, Digest);
        }

        return matches;
    }

    /// <summary>When it was made, in UTC, as far as it says so.</summary>
    public bool TryGetTime(out DateTime time)
    {
        time = default;
        if (!long.TryParse(Timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return false;
        var milliseconds = number < FirstMilliseconds ? number * 1000 : number;
        if (milliseconds > (long)(DateTime.MaxValue - DateTime.UnixEpoch).TotalMilliseconds)
            return false;
        time = DateTime.UnixEpoch.AddMilliseconds(milliseconds);
        return true;
    }

    private static bool IsShort(string text) => text.Length is > 0 and <= MaxLength;
}
