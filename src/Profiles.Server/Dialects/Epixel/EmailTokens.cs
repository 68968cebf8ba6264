using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Profiles.Core.Credentials.Applications;
using Profiles.Core.Errors;
using Profiles.Core.Identity;

namespace Profiles.Server.Dialects.Epixel;

/// <summary>
/// Tokens that let a user change the e-mail address to one new address. A token is random; its checksum is a keyed hash of it, of the user,
/// the address and the time until which they are good. So nothing is stored, and neither is worth anything without the other.
/// </summary>
internal sealed class EmailTokens(MasterKeys keys, TimeProvider clock)
{
    /// <summary>How long a token is good.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private const string Purpose = "epixel e-mail token";

    // 50 bits, for people to type: without letters that look like digits.
    private const int TokenLength = 10;
    private const string TokenLetters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private const int TimeLength = sizeof(long);

    /// <summary>A new token.</summary>
    /// <exception cref="ProfilesException">The server has no master key (<see cref="ErrorReason.MasterKeyMissing"/>).</exception>
    public EmailToken Issue(ProfileKey key, string email)
    {
        var expireTime = DateTimeOffset.FromUnixTimeSeconds((clock.GetUtcNow() + Lifetime).ToUnixTimeSeconds());
        var token = RandomNumberGenerator.GetString(TokenLetters, TokenLength);
        var hash = keys.Authenticate(Purpose, Describe(key, email, token, expireTime.ToUnixTimeSeconds()));
        var checksum = new byte[TimeLength + hash.Length];
        BinaryPrimitives.WriteInt64BigEndian(checksum, expireTime.ToUnixTimeSeconds());
        hash.CopyTo(checksum, TimeLength);
        return new EmailToken(token, Base64Url.EncodeToString(checksum), expireTime.UtcDateTime);
    }

    /// <summary>Whether a token was issued for this user and this address, with this checksum, and is still good.</summary>
    public bool Match(ProfileKey key, string email, string token, string checksum)
    {
        Span<byte> bytes = stackalloc byte[TimeLength + HMACSHA256.HashSizeInBytes];
        if (!IsChecksum(checksum, bytes))
            return false;
        var expireSeconds = BinaryPrimitives.ReadInt64BigEndian(bytes);
        return clock.GetUtcNow().ToUnixTimeSeconds() < expireSeconds
            && keys.IsAuthentic(Purpose, Describe(key, email, token.ToUpperInvariant(), expireSeconds), bytes[TimeLength..]);
    }

    // Encoded anew and compared whole, so that what the decoder forgives is refused.
    private static bool IsChecksum(string text, Span<byte> bytes) =>
        text.Length == Base64Url.GetEncodedLength(bytes.Length)
        && Base64Url.DecodeFromChars(text, bytes, out _, out var length) == OperationStatus.Done
        && length == bytes.Length
        && Base64Url.EncodeToString(bytes) == text;

    // Neither ids nor addresses have a control character.
    private static byte[] Describe(ProfileKey key, string email, string token, long expireSeconds) =>
        Encoding.UTF8.GetBytes(FormattableString.Invariant($"{key.Organization.Value}\0{key.User.Value}\0{email}\0{expireSeconds}\0{token}"));
}

/// <summary>A token to change an e-mail address.</summary>
/// <param name="Token">For the new address alone.</param>
/// <param name="Checksum">For the user's client.</param>
/// <param name="ExpireTime">Until when both are good, in UTC.</param>
internal sealed record EmailToken(string Token, string Checksum, DateTime ExpireTime);
