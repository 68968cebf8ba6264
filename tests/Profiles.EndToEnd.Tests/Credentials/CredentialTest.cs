using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;
using Grpc.Core;
using Profiles.EndToEnd.Tests.Harness;
using Profiles.V1;

namespace Profiles.EndToEnd.Tests.Credentials;

/// <summary>A test about credentials of an organization of its own. What it creates is remembered as a secret, to be looked for in the logs.</summary>
internal abstract class CredentialTest : ProfilesTest
{
    /// <summary>An answer that a credential was let through with.</summary>
    protected const string Ok = "OK 200";

    /// <summary>The answer to any credential that is not valid.</summary>
    protected const string Invalid = "Unauthenticated 401 CREDENTIAL_INVALID";

    protected CredentialService.CredentialServiceClient Credentials => new(Invoker);

    /// <summary>A token that may do everything in the organization.</summary>
    protected string RootToken => SharedServer.Mint.Mint(
        Organization, "root", "profiles.read", "profiles.write", "credentials.read", "credentials.write", "audit.read");

    protected CallOptions AsRoot => As(RootToken);

    /// <summary>Creates an API key and returns it with its text.</summary>
    protected async Task<(ApiKey Key, string Text)> CreateKeyAsync(
        ApiKeyType type, string user = "", string imported = "", params string[] permissions)
    {
        var request = new CreateApiKeyRequest
        {
            ApiKey = new ApiKey { Type = type, UserId = user, Permissions = { permissions } },
            ImportedKey = imported,
        };
        var created = await Credentials.CreateApiKeyAsync(request, AsRoot);
        SharedServer.UsedSecrets.Add(created.Key);
        return (created.ApiKey, created.Key);
    }

    /// <summary>Creates an application and returns it with its secret.</summary>
    protected async Task<(Application Application, string Secret)> CreateApplicationAsync(Application? content = null)
    {
        var created = await Credentials.CreateApplicationAsync(new CreateApplicationRequest { Application = content ?? new Application() }, AsRoot);
        SharedServer.UsedSecrets.Add(created.AppSecret);
        return (created.Application, created.AppSecret);
    }

    /// <summary>The headers of a signed request.</summary>
    protected static (string Name, string Value)[] Sign(string appKey, string secret, string? nonce = null, string? timestamp = null)
    {
        nonce ??= RandomNumberGenerator.GetHexString(16);
        timestamp ??= TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        var signature = Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(secret + nonce + timestamp)));
        return [("app-key", appKey), ("nonce", nonce), ("timestamp", timestamp), ("signature", signature)];
    }

    /// <summary>
    /// Calls an RPC with these headers over gRPC and over REST, and returns the codes and the reason, which must be the same:
    /// <c>Unauthenticated 401 CREDENTIAL_INVALID</c>.
    /// </summary>
    protected async Task<string> OutcomeAsync(string rpc, params (string Name, string Value)[] headers)
    {
        var example = EveryRpc.Find(rpc);
        var (code, reason) = await GrpcOutcomeAsync(example, headers);
        var rest = await RestAsync(example.HttpMethod, example.Path, token: string.Empty, example.Body, headers);
        Assert.That(rest.Reason, Is.EqualTo(reason), $"{code} {rest.Json}");
        return $"{code} {rest.Status} {reason}".TrimEnd();
    }

    /// <summary>The same over gRPC alone.</summary>
    protected async Task<(StatusCode Code, string? Reason)> GrpcOutcomeAsync(RpcExample example, params (string Name, string Value)[] headers)
    {
        var metadata = new Metadata();
        foreach (var (name, value) in headers)
            metadata.Add(name, value);
        try
        {
            await Invoker.CallRaw(example.Rpc, example.Request.ToByteArray(), new CallOptions(metadata));
            return (StatusCode.OK, null);
        }
        catch (RpcException exception)
        {
            return (exception.StatusCode, exception.Reason());
        }
    }

    /// <summary>Changes the server's database behind its back.</summary>
    protected static Task ExecuteAsync(string sql, params object[] parameters) =>
        ExternalDatabase.ExecuteAsync(SharedServer.Data, sql, parameters);

    protected Task SetProfileAsync(string user) =>
        Grpc.SetProfileAsync(new SetProfileRequest { UserId = user, Profile = new Profile { Nickname = "Al" } }, AsServer).ResponseAsync;

    protected static (string Name, string Value) Key(string text) => ("x-api-key", text);

    protected static (string Name, string Value) Token(string token) => ("authorization", $"Bearer {token}");
}
