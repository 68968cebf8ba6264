using System.Security.Cryptography;
using System.Text;
using Profiles.EndToEnd.Tests.Harness;
using Profiles.V1;
using Headers = (string Name, string Value)[];

namespace Profiles.EndToEnd.Tests.Access.Leaks;

/// <summary>A secret, with the headers in which it belongs.</summary>
internal sealed record Secret(string Text, Headers Headers);

/// <summary>Credentials of every kind in an organization, good ones and bad ones.</summary>
internal sealed class LeakSecrets(AdministrationClients clients, TokenMint mint)
{
    private const string Organization = "demo";
    private const int OfEachKind = 8;

    private static readonly string[] All = ["profiles.read", "profiles.write"];

    private readonly List<Secret> secrets = [];

    /// <summary>Those to send.</summary>
    public IReadOnlyList<Secret> Sent => secrets;

    /// <summary>Those that nobody sends, such as the secrets of applications.</summary>
    public List<string> Kept { get; } = [];

    public static async Task<LeakSecrets> CreateAsync(AdministrationClients clients, TokenMint mint)
    {
        var all = new LeakSecrets(clients, mint);
        for (var i = 0; i < OfEachKind; i++)
        {
            all.AddTokens(i);
            await all.AddKeysAsync();
            await all.AddApplicationAsync(new CreateApplicationRequest { Application = new Application() });
            await all.AddApplicationAsync(new CreateApplicationRequest
            {
                Application = new Application(),
                ImportedAppKey = $"imported-{i}",
                ImportedAppSecret = Random(24),
            });
        }

        return all;
    }

    private void AddTokens(int number)
    {
        var good = mint.Mint(Organization, $"user-{number}", All);
        var expired = TokenMint.Claims(Organization, "alice", All);
        expired["exp"] = TimeProvider.System.GetUtcNow().AddHours(-1).ToUnixTimeSeconds();
        string[] tokens =
        [
            good, mint.Mint("nowhere", $"user-{number}", All), mint.Mint(expired), good[..^1] + (good[^1] == 'A' ? 'B' : 'A'), good[..^20],
            mint.MintText(mint.Header("none"), """{"sub":"alice"}"""), Random(64),
        ];
        secrets.AddRange(tokens.Select(token => new Secret(token, [("authorization", $"Bearer {token}")])));
    }

    private async Task AddKeysAsync()
    {
        var good = await clients.CreateKeyAsync(Organization, new ApiKey { Type = ApiKeyType.Administrative });
        var session = await clients.CreateKeyAsync(Organization, new ApiKey { Type = ApiKeyType.Session, UserId = "alice" });
        var revoked = await clients.CreateKeyAsync(Organization, new ApiKey { Type = ApiKeyType.Administrative });
        await clients.Credentials.RevokeApiKeyAsync(new RevokeApiKeyRequest { KeyId = revoked.ApiKey.KeyId }, clients.In(Organization));
        var imported = RandomNumberGenerator.GetHexString(32, lowercase: true);
        await clients.CreateKeyAsync(Organization, new ApiKey { Type = ApiKeyType.Administrative }, imported);
        var symbols = $"{Random(20)}+/=\"\\%{Random(6)}";
        await clients.CreateKeyAsync(Organization, new ApiKey { Type = ApiKeyType.Session, UserId = "bob" }, symbols);
        string[] keys =
        [
            good.Key, session.Key, revoked.Key, imported, symbols, good.Key[..^1], good.Key + "x", revoked.Key.ToUpperInvariant(),
            "profiles_admin_" + Random(49), Random(40), Random(400),
        ];
        secrets.AddRange(keys.Select(key => new Secret(key, [("x-api-key", key)])));
    }

    private async Task AddApplicationAsync(CreateApplicationRequest request)
    {
        var created = await clients.Credentials.CreateApplicationAsync(request, clients.In(Organization));
        Kept.Add(created.AppSecret);
        foreach (var nonce in (string[])["1", Random(16)])
        {
            var signature = Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes($"{created.AppSecret}{nonce}1")));
            secrets.Add(Sign(created.Application.AppKey, nonce, signature));
            secrets.Add(Sign(created.Application.AppKey, nonce, RandomNumberGenerator.GetHexString(40, lowercase: true)));
        }
    }

    private static Secret Sign(string appKey, string nonce, string signature) =>
        new(signature, [("app-key", appKey), ("nonce", nonce), ("timestamp", "1"), ("signature", signature)]);

    private static string Random(int length) =>
        RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", length);
}
