using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Profiles.EndToEnd.Tests.Harness;
using Profiles.V1;

namespace Profiles.EndToEnd.Tests.Dialects.Nexconn;

/// <summary>A test of the dialect <c>nexconn</c>, with a signed application of the test's organization.</summary>
internal abstract class NexconnTest : DialectTest
{
    protected const string Set = "/v4/user/profile/set";
    protected const string Get = "/v4/user/profile/batch/get";
    protected const string List = "/v4/user/profile/list";
    protected const string Delete = "/v4/user/profile/delete";

    // As the document shows them; clients of the family keep one of each for ever.
    private const string Nonce = "14314";
    private const string Timestamp = "1408710653491";

    /// <summary>The application's public key.</summary>
    protected string AppKey { get; private set; } = string.Empty;

    /// <summary>The signature of the documented nonce and timestamp.</summary>
    protected string Signature { get; private set; } = string.Empty;

    /// <summary>The headers of a signed request.</summary>
    protected (string Name, string Value)[] Signed => SignedWith(string.Empty);

    [SetUp]
    public async Task CreateApplicationAsync()
    {
        var created = await CreateApplicationAsync(new Application());
        (AppKey, Signature) = (created.Application.AppKey, Sign(created.AppSecret));
    }

    /// <summary>The headers of a signed request, with a prefix before their names.</summary>
    protected (string Name, string Value)[] SignedWith(string prefix) =>
    [
        ($"{prefix}App-Key", AppKey), ($"{prefix}Nonce", Nonce), ($"{prefix}Timestamp", Timestamp), ($"{prefix}Signature", Signature),
    ];

    /// <summary>The signature of the documented nonce and timestamp with a secret.</summary>
    protected static string Sign(string secret) =>
        Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(secret + Nonce + Timestamp)));

    /// <summary>Creates an application of the organization.</summary>
    protected async Task<CreateApplicationResponse> CreateApplicationAsync(Application content)
    {
        var created = await new CredentialService.CredentialServiceClient(Invoker).CreateApplicationAsync(
            new CreateApplicationRequest { Application = content }, As(SharedServer.AdministratorToken, ("x-organization-id", Organization)));
        SharedServer.UsedSecrets.Add(created.AppSecret);
        return created;
    }

    /// <summary>Calls version 4 with a signature.</summary>
    protected Task<RestAnswer> PostAsync(string path, string json) => RestAsync("POST", path, token: string.Empty, json, Signed);

    /// <summary>Calls version 4 with a signature, and expects success.</summary>
    protected async Task<JsonNode> SucceedAsync(string path, string json)
    {
        var answer = await PostAsync(path, json);
        Assert.That((answer.Status, Code(answer)), Is.EqualTo((200, 0)), $"{json} {answer.Json}");
        return answer.Json!;
    }

    /// <summary>Sets the basic profile of <c>alice</c>, and expects success.</summary>
    protected Task SetBasicAsync(string json) => SucceedAsync(Set, $$"""{"userId":"alice","userProfile":{{json}}}""");

    /// <summary>Sets the extended profile of <c>alice</c>, and expects success.</summary>
    protected Task SetExtendedAsync(string json) => SucceedAsync(Set, $$"""{"userId":"alice","userExtProfile":{{json}}}""");

    /// <summary>What <c>alice</c> looks like.</summary>
    protected async Task<JsonNode> AliceAsync() => (await SucceedAsync(Get, """{"userIds":["alice"]}"""))["result"]!["users"]![0]!;

    /// <summary>Expects a request to be refused because of a key.</summary>
    protected async Task RefuseAsync(string path, string json, string? profileKey) =>
        AssertRefused(await PostAsync(path, json), 200, 1002, profileKey);

    /// <summary>Expects a basic profile of <c>alice</c> to be refused because of a key.</summary>
    protected Task RefuseBasicAsync(string json, string profileKey) =>
        RefuseAsync(Set, $$"""{"userId":"alice","userProfile":{{json}}}""", profileKey);

    protected static void AssertRefused(RestAnswer answer, int status, int code, string? profileKey = null)
    {
        Assert.That(
            (answer.Status, Code(answer), answer.Json!["profileKey"]?.GetValue<string>()),
            Is.EqualTo((status, code, profileKey)),
            answer.Json.ToJsonString());
        Assert.That(answer.Json["errorMessage"]!.GetValue<string>(), Is.Not.Empty);
    }

    /// <summary>A text as JSON.</summary>
    protected static string Quote(string text) => JsonSerializer.Serialize(text);

    private static int Code(RestAnswer answer) => answer.Json!["code"]!.GetValue<int>();
}
