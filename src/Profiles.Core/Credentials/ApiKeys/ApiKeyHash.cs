using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Profiles.Core.Credentials.ApiKeys;

/// <summary>SHA-256 of the text of an API key: all that is kept of it.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ApiKeyHash
{
    private readonly UInt128 high;
    private readonly UInt128 low;

    private ApiKeyHash(ReadOnlySpan<byte> digest)
    {
        high = BinaryPrimitives.ReadUInt128BigEndian(digest);
        low = BinaryPrimitives.ReadUInt128BigEndian(digest[16..]);
    }

    /// <summary>The hash of a text of at most <see cref="ApiKeyText.MaxLength"/> ASCII characters.</summary>
    public static ApiKeyHash Of(string text)
    {
        Span<byte> content = stackalloc byte[ApiKeyText.MaxLength];
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(content[..Encoding.ASCII.GetBytes(text, content)], digest);
        CryptographicOperations.ZeroMemory(content);
        return new ApiKeyHash(digest);
    }

    /// <summary>The 32 bytes.</summary>
    public byte[] ToBytes()
    {
        var digest = new byte[SHA256.HashSizeInBytes];
        BinaryPrimitives.WriteUInt128BigEndian(digest, high);
        BinaryPrimitives.WriteUInt128BigEndian(digest.AsSpan(16), low);
        return digest;
    }

    /// <summary>Nothing: a hash is no text for people or logs.</summary>
    public override string ToString() => nameof(ApiKeyHash);
}
