using System.Security.Cryptography;
using System.Text.Json;

namespace Profiles.EndToEnd.Tests.Harness;

/// <summary>JSON Web Key Sets as an identity provider publishes them.</summary>
internal static class JsonWebKeys
{
    /// <summary>A set of one RSA key.</summary>
    public static string Write(RSA key, string id, bool includePrivate = false)
    {
        var parameters = key.ExportParameters(includePrivate);
        var entry = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["kty"] = "RSA",
            ["kid"] = id,
            ["use"] = "sig",
            ["alg"] = "RS256",
            ["n"] = TokenMint.Encode(parameters.Modulus),
            ["e"] = TokenMint.Encode(parameters.Exponent),
        };
        if (includePrivate)
            entry["d"] = TokenMint.Encode(parameters.D);
        return JsonSerializer.Serialize(new { keys = new[] { entry } });
    }
}
