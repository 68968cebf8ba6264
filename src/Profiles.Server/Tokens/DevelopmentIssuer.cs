using System.Buffers.Text;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;
using Profiles.Core.Identity;
using Profiles.Server.Tokens.Claims;
using Profiles.Server.Tokens.Keys;

namespace Profiles.Server.Tokens;

/// <summary>
/// Issues tokens for trying the service out. It exists with the embedded database only: whoever can read the data folder can
/// issue tokens for everybody. Safe to use from many threads and, as the key lies in a file, from several processes.
/// </summary>
internal sealed class DevelopmentIssuer : IDisposable
{
    /// <summary>The issuer's name: an address that cannot be anybody's (RFC 6761, section 6.3).</summary>
    public const string Name = "https://profiles.localhost/development";

    /// <summary>How long a token may be valid.</summary>
    public static readonly TimeSpan MaxLifetime = TimeSpan.FromDays(365);

    private readonly ECDsa key;
    private readonly Lock signing = new();
    private readonly TimeProvider clock;
    private readonly string keyId;

    private DevelopmentIssuer(ECDsa key, TimeProvider clock)
    {
        this.key = key;
        this.clock = clock;
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        keyId = JsonWebKeyThumbprint.Of(point);
        var keys = new FixedKeys(new JsonWebKeySet([new EcdsaVerificationKey(keyId, point)]));
        Trust = new TrustedIssuer(Name, TrustedIssuer.DefaultAudience, keys, new ClaimRules { IsPlatform = true });
    }

    /// <summary>What a <see cref="TokenValidator"/> needs to take this issuer's tokens.</summary>
    public TrustedIssuer Trust { get; }

    /// <summary>
    /// Opens the issuer of a data folder, which has to exist; its key is made when there is none. For the server.
    /// </summary>
    /// <exception cref="TokenSetupException">The key can be neither read nor made.</exception>
    [UnsupportedOSPlatform("windows")]
    public static DevelopmentIssuer OpenOrCreate(string dataFolder, TimeProvider clock) =>
        new(DevelopmentKeyFile.ReadOrCreate(dataFolder), clock);

    /// <summary>Opens the issuer that a server made in its data folder. For commands beside it.</summary>
    /// <exception cref="TokenSetupException">There is no key, or it cannot be read.</exception>
    [UnsupportedOSPlatform("windows")]
    public static DevelopmentIssuer Open(string dataFolder, TimeProvider clock) =>
        new(DevelopmentKeyFile.Read(dataFolder), clock);

    /// <summary>Issues a token that is valid from now on.</summary>
    /// <param name="organization">The organization, which need not exist.</param>
    /// <param name="user">Whom the token speaks for.</param>
    /// <param name="permissions">What it permits beyond the user's own record; at most 64 names.</param>
    /// <param name="lifetime">How long it is valid: from one second to <see cref="MaxLifetime"/>.</param>
    /// <exception cref="TokenSetupException">An argument breaks its rule.</exception>
    public string Issue(
        OrganizationId organization, UserId user, IReadOnlyCollection<string> permissions, TimeSpan lifetime)
    {
        if (lifetime < TimeSpan.FromSeconds(1) || lifetime > MaxLifetime)
            throw new TokenSetupException($"A token is valid for one second to {MaxLifetime.TotalDays:0} days.");
        if (permissions.Count > PermissionClaims.MaxCount || permissions.Any(name => !PermissionClaims.IsName(name)))
        {
            throw new TokenSetupException($"A token has at most {PermissionClaims.MaxCount} permissions, each a name of "
                + $"1–{PermissionClaims.MaxLength} characters without spaces, such as profiles.read.");
        }
        var issued = clock.GetUtcNow();
        var content = TokenWriter.Write(
            keyId, organization, user, permissions, issued.ToUnixTimeSeconds(), (issued + lifetime).ToUnixTimeSeconds());
        var token = $"{content}.{Sign(content)}";
        return token.Length <= TokenValidator.MaxLength
            ? token
            : throw new TokenSetupException($"The token would be longer than {TokenValidator.MaxLength} characters.");
    }

    /// <summary>Lets go of the key.</summary>
    public void Dispose() => key.Dispose();

    // One at a time, for the reason that PooledVerificationKey gives; nobody needs many of these tokens a second.
    private string Sign(string content)
    {
        lock (signing)
        {
            return Base64Url.EncodeToString(key.SignData(
                Encoding.ASCII.GetBytes(content),
                HashAlgorithmName.SHA256,
                DSASignatureFormat.IeeeP1363FixedFieldConcatenation));
        }
    }
}
