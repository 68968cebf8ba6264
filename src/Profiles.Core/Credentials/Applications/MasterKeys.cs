using System.Security.Cryptography;
using System.Text;

namespace Profiles.Core.Credentials.Applications;

/// <summary>
/// The keys that encrypt the secrets of applications, with AES-256-GCM: the first one encrypts, all of them decrypt. A secret is
/// bound to its place, so that nobody who can write to the database can move it elsewhere. Safe to use from many threads.
/// </summary>
/// <remarks>A nonce is random (96 bits): one key is good for some billion secrets (NIST SP 800-38D, section 8.3).</remarks>
public sealed class MasterKeys
{
    /// <summary>The bytes of a key.</summary>
    public const int KeyLength = 32;

    private const int NonceLength = 12;
    private const int TagLength = 16;

    private readonly IReadOnlyList<MasterKey> keys;

    /// <summary>Creates the set; the first key encrypts. None means that no secret can be kept.</summary>
    /// <exception cref="ArgumentException">A key has the wrong length, or two have the same id.</exception>
    public MasterKeys(IReadOnlyList<MasterKey> keys)
    {
        if (keys.Any(key => key.Bytes.Length != KeyLength) || keys.DistinctBy(key => key.Id).Count() != keys.Count)
            throw new ArgumentException("Master keys have 32 bytes each, and different ids.", nameof(keys));
        this.keys = keys;
    }

    /// <summary>The id of the key that encrypts; null when there is none.</summary>
    public string? CurrentId => keys.Count == 0 ? null : keys[0].Id;

    /// <summary>Encrypts a secret with the first key.</summary>
    /// <exception cref="Errors.ProfilesException">There is no key (<see cref="Errors.ErrorReason.MasterKeyMissing"/>).</exception>
    public byte[] Seal(SecretPlace place, string secret)
    {
        if (keys.Count == 0)
            throw CredentialErrors.MasterKeyMissing();
        var text = Encoding.UTF8.GetBytes(secret);
        var content = new byte[NonceLength + TagLength + text.Length];
        var nonce = content.AsSpan(0, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(keys[0].Bytes, TagLength);
        cipher.Encrypt(
            nonce, text, content.AsSpan(NonceLength + TagLength), content.AsSpan(NonceLength, TagLength), Describe(place));
        CryptographicOperations.ZeroMemory(text);
        return content;
    }

    /// <summary>Decrypts a secret; null when its key is not among these, or it was altered or moved.</summary>
    public byte[]? Open(SecretPlace place, string masterKeyId, ReadOnlySpan<byte> content)
    {
        if (keys.FirstOrDefault(key => key.Id == masterKeyId) is not { } key || content.Length < NonceLength + TagLength)
            return null;
        var text = new byte[content.Length - NonceLength - TagLength];
        using var cipher = new AesGcm(key.Bytes, TagLength);
        try
        {
            cipher.Decrypt(
                content[..NonceLength], content[(NonceLength + TagLength)..], content.Slice(NonceLength, TagLength), text, Describe(place));
            return text;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    /// <summary>A keyed hash of a text, by the first key.</summary>
    /// <param name="purpose">What it is for: a hash for one purpose is none for another.</param>
    /// <param name="text">The text.</param>
    /// <exception cref="Errors.ProfilesException">There is no key (<see cref="Errors.ErrorReason.MasterKeyMissing"/>).</exception>
    public byte[] Authenticate(string purpose, ReadOnlySpan<byte> text) =>
        keys.Count == 0 ? throw CredentialErrors.MasterKeyMissing() : Hash(keys[0], purpose, text);

    /// <summary>Whether a hash was made by <see cref="Authenticate"/>, with any of these keys.</summary>
    public bool IsAuthentic(string purpose, ReadOnlySpan<byte> text, ReadOnlySpan<byte> hash)
    {
        foreach (var key in keys)
        {
            if (CryptographicOperations.FixedTimeEquals(Hash(key, purpose, text), hash))
                return true;
        }

        return false;
    }

    private static byte[] Hash(MasterKey key, string purpose, ReadOnlySpan<byte> text) =>
        HMACSHA256.HashData(HKDF.Expand(HashAlgorithmName.SHA256, key.Bytes, KeyLength, Encoding.UTF8.GetBytes(purpose)), text);

    // An organization's id has no zero byte, and what follows it has a fixed length.
    private static byte[] Describe(SecretPlace place) =>
    [
        .. Encoding.UTF8.GetBytes(place.Organization.Value), 0,
        .. place.Application.ToByteArray(bigEndian: true),
        .. place.Secret.ToByteArray(bigEndian: true),
    ];
}

/// <summary>One master key.</summary>
/// <param name="Id">Names it in the database: no secret.</param>
/// <param name="Bytes">The 32 bytes.</param>
public sealed record MasterKey(string Id, byte[] Bytes)
{
    /// <summary>Its id alone.</summary>
    public override string ToString() => Id;
}
