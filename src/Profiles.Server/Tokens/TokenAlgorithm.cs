namespace Profiles.Server.Tokens;

/// <summary>
/// The signature algorithms that are taken (RFC 7518, section 3.1), and no others: a fixed list, as RFC 8725, section 3.1, asks.
/// </summary>
internal enum TokenAlgorithm
{
    /// <summary>ES256: ECDSA on the curve P-256 with SHA-256.</summary>
    Es256,

    /// <summary>RS256: RSASSA-PKCS1-v1_5 with SHA-256.</summary>
    Rs256,
}
