using System.Text.Json;

namespace Profiles.Server.Tokens;

/// <summary>
/// What a token's header says (RFC 7515, section 4.1): how it is signed and by which of the issuer's keys. Members that bring a
/// key or an address of one (<c>jwk</c>, <c>jku</c>, <c>x5u</c>, <c>x5c</c>) are not looked at: keys come from the settings only.
/// </summary>
/// <param name="Algorithm">The algorithm, <c>alg</c>.</param>
/// <param name="KeyId">The key, <c>kid</c>; known to the issuer or not.</param>
internal readonly record struct TokenHeader(TokenAlgorithm Algorithm, string KeyId)
{
    /// <summary>Reads a header.</summary>
    public static TokenFault Read(ReadOnlyMemory<byte> json, out TokenHeader header)
    {
        header = default;
        using var document = StrictJson.TryReadObject(json);
        return document is null ? TokenFault.Header : Read(document.RootElement, out header);
    }

    private static TokenFault Read(JsonElement members, out TokenHeader header)
    {
        header = default;
        if (!TryReadAlgorithm(members, out var algorithm))
            return TokenFault.Algorithm;
        if (!IsAccessToken(members))
            return TokenFault.Type;
        if (members.TryGetProperty("crit", out _))
            return TokenFault.CriticalExtension;
        if (StrictJson.Text(members, "kid") is not { Length: > 0 } keyId)
            return TokenFault.KeyMissing;
        header = new TokenHeader(algorithm, keyId);
        return TokenFault.None;
    }

    // Names of algorithms are case-sensitive (RFC 7515, section 4.1.1): "None" is no way round a list of what is forbidden here.
    private static bool TryReadAlgorithm(JsonElement members, out TokenAlgorithm algorithm)
    {
        var name = StrictJson.Text(members, "alg");
        algorithm = name == "RS256" ? TokenAlgorithm.Rs256 : TokenAlgorithm.Es256;
        return name is "ES256" or "RS256";
    }

    // "typ" is a media type, which may lack its "application/" and whose case means nothing (RFC 7515, section 4.1.9);
    // "at+jwt" is an access token's (RFC 9068).
    private static bool IsAccessToken(JsonElement members)
    {
        if (!members.TryGetProperty("typ", out var value))
            return true;
        return StrictJson.Text(value)?.ToUpperInvariant()
            is "JWT" or "AT+JWT" or "APPLICATION/JWT" or "APPLICATION/AT+JWT";
    }
}
