using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Profiles.Server.Tokens.Cache;

/// <summary>The SHA-256 hash of a token's text, its signature included: knows it again and does not tell it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct TokenDigest(UInt128 First, UInt128 Second)
{
    /// <summary>The digest of a token.</summary>
    public static TokenDigest Of(ReadOnlySpan<char> token)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes(token), hash);
        return MemoryMarshal.Read<TokenDigest>(hash);
    }

    /// <summary>A part of the hash, which is as good as all of it.</summary>
    public override int GetHashCode() => (int)First;
}
