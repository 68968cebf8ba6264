using System.Security.Cryptography;
using System.Text;
using Profiles.EndToEnd.Tests.Harness;
using Profiles.V1;
using Headers = (string Name, string Value)[];

namespace Profiles.EndToEnd.Tests.Access.Matrix;

/// <summary>
/// A credential of every kind, by its name in the table: the headers that it is sent as. Those that speak for a user speak for
/// <c>alice</c>, and servers' tokens have the subject <c>backend</c>. Behind <c>ended</c> there is one of each kind.
/// </summary>
internal sealed class MatrixCredentials
{
    public const string None = "none";
    public const string Ended = "ended";
    public const string User = "alice";
    public const string Server = "backend";
    public const string PlatformAdmin = "platform.admin";

    // What a server's token has of.
    private static readonly string[] Permissions =
    [
        "profiles.read", "profiles.write", "usernames.read", "usernames.write", "organization.read", "organization.write", "credentials.read", "credentials.write",
        "audit.read", PlatformAdmin,
    ];

    private readonly string organization;
    private readonly AdministrationClients clients;
    private readonly Dictionary<string, IReadOnlyList<Headers>> all = new(StringComparer.Ordinal);

    private MatrixCredentials(string organization, AdministrationClients clients)
    {
        this.organization = organization;
        this.clients = clients;
    }

    /// <summary>Their names.</summary>
    public IEnumerable<string> Names => all.Keys;

    /// <summary>What to send for one; several where there are several of the kind.</summary>
    public IReadOnlyList<Headers> this[string name] => all[name];

    public static async Task<MatrixCredentials> CreateAsync(string organization, AdministrationClients clients)
    {
        var credentials = new MatrixCredentials(organization, clients);
        credentials.AddTokens();
        await credentials.AddKeysAsync();
        await credentials.AddEndedAsync();
        return credentials;
    }

    private void AddTokens()
    {
        all[None] = [[]];
        all["user"] = [Token(User)];
        all["server"] = [Token(Server, "profiles.read", "profiles.write", "usernames.read", "usernames.write")];
        foreach (var permission in Permissions)
            all[permission] = [Token(Server, permission)];
    }

    private async Task AddKeysAsync()
    {
        all["session key"] = [Send(await CreateKeyAsync(ApiKeyType.Session, User))];
        all["public key"] = [Send(await CreateKeyAsync(ApiKeyType.Public))];
        all["administrative key"] = [Send(await CreateKeyAsync(ApiKeyType.Administrative))];
        all["administrative key of a user"] = [Send(await CreateKeyAsync(ApiKeyType.Administrative, User))];
        all["application"] = [Sign(await CreateApplicationAsync())];
    }

    private async Task AddEndedAsync()
    {
        var claims = TokenMint.Claims(organization, User, Permissions);
        claims["exp"] = TimeProvider.System.GetUtcNow().AddMinutes(-2).ToUnixTimeSeconds();
        var ended = new List<Headers> { Bearer(SharedServer.Mint.Mint(claims)) };
        foreach (var (type, user) in ((ApiKeyType, string)[])
            [(ApiKeyType.Session, User), (ApiKeyType.Public, ""), (ApiKeyType.Administrative, ""), (ApiKeyType.Administrative, User)])
        {
            ended.Add(await RevokeAsync(await CreateKeyAsync(type, user)));
            ended.Add(await ReplaceAsync(await CreateKeyAsync(type, user)));
            ended.Add(await ExpireAsync(await CreateKeyAsync(type, user)));
        }

        ended.Add(await RevokeAsync(await CreateApplicationAsync()));
        ended.Add(await ReplaceAsync(await CreateApplicationAsync()));
        all[Ended] = ended;
    }

    private Task<CreateApiKeyResponse> CreateKeyAsync(ApiKeyType type, string user = "") =>
        clients.CreateKeyAsync(organization, new ApiKey { Type = type, UserId = user });

    private Task<CreateApplicationResponse> CreateApplicationAsync() => clients.CreateApplicationAsync(organization);

    private async Task<Headers> RevokeAsync(CreateApiKeyResponse created)
    {
        await clients.Credentials.RevokeApiKeyAsync(new RevokeApiKeyRequest { KeyId = created.ApiKey.KeyId }, clients.In(organization));
        return Send(created);
    }

    private async Task<Headers> RevokeAsync(CreateApplicationResponse created)
    {
        var request = new RevokeApplicationRequest { ApplicationId = created.Application.ApplicationId };
        await clients.Credentials.RevokeApplicationAsync(request, clients.In(organization));
        return Sign(created);
    }

    private async Task<Headers> ReplaceAsync(CreateApiKeyResponse created)
    {
        await clients.Credentials.RotateApiKeyAsync(new RotateApiKeyRequest { KeyId = created.ApiKey.KeyId }, clients.In(organization));
        return Send(created);
    }

    private async Task<Headers> ReplaceAsync(CreateApplicationResponse created)
    {
        var request = new RotateApplicationSecretRequest { ApplicationId = created.Application.ApplicationId };
        await clients.Credentials.RotateApplicationSecretAsync(request, clients.In(organization));
        return Sign(created);
    }

    // Nobody can make a key that has expired, so the database is told.
    private static async Task<Headers> ExpireAsync(CreateApiKeyResponse created)
    {
        await ExternalDatabase.ExecuteAsync(
            SharedServer.Data, "UPDATE api_keys SET expires_at = now() - interval '1 second' WHERE key_id = $1", Guid.Parse(created.ApiKey.KeyId));
        return Send(created);
    }

    private Headers Token(string subject, params string[] permissions) =>
        Bearer(SharedServer.Mint.Mint(organization, subject, permissions));

    private static Headers Bearer(string token) => [("authorization", $"Bearer {token}")];

    private static Headers Send(CreateApiKeyResponse created) => [("x-api-key", created.Key)];

    private static Headers Sign(CreateApplicationResponse created)
    {
        var signature = Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(created.AppSecret + "11")));
        return [("app-key", created.Application.AppKey), ("nonce", "1"), ("timestamp", "1"), ("signature", signature)];
    }
}
