using System.Text.Json;
using System.Text.Json.Nodes;
using Profiles.EndToEnd.Tests.Harness;
using Profiles.V1;

namespace Profiles.EndToEnd.Tests.Dialects.M2;

/// <summary>A test of the dialect <c>m2</c>, with an API key of the user <c>alice</c> and one of a server.</summary>
internal abstract class M2Test : DialectTest
{
    protected const string Path = "/api/profile";
    protected const string Deny = "/api/profile/username/deny";
    protected const string Denylist = "/api/profile/username/denylist";

    /// <summary>A key that speaks for the user <c>alice</c>.</summary>
    protected string UserKey { get; private set; } = string.Empty;

    /// <summary>A key that speaks for nobody and may do all that is about records.</summary>
    protected string ServerKey { get; private set; } = string.Empty;

    protected UsernameService.UsernameServiceClient Usernames => new(Invoker);

    /// <summary>Credentials of somebody who manages usernames, at our own API.</summary>
    protected Grpc.Core.CallOptions AsModerator =>
        As(SharedServer.Mint.Mint(Organization, "moderator", "usernames.read", "usernames.write", "profiles.read", "profiles.write"));

    [SetUp]
    public async Task CreateKeysAsync()
    {
        UserKey = await CreateKeyAsync(ApiKeyType.Session, "alice");
        ServerKey = await CreateKeyAsync(ApiKeyType.Administrative);
    }

    /// <summary>Calls as <c>alice</c>.</summary>
    protected Task<RestAnswer> AsAliceAsync(string method, string path, string? json = null) => CallAsync(UserKey, method, path, json);

    /// <summary>Calls as a server, about a user if one is given.</summary>
    protected Task<RestAnswer> AsServerAsync(string method, string path, string? json = null, string? user = null) =>
        user is null ? CallAsync(ServerKey, method, path, json) : CallAsync(ServerKey, method, path, json, ("x-m2-user-id", user));

    /// <summary>Calls with an API key.</summary>
    protected Task<RestAnswer> CallAsync(string key, string method, string path, string? json, params (string Name, string Value)[] headers) =>
        RestAsync(method, path, token: string.Empty, json, [("x-api-key", key), ("x-m2-organization-id", Organization), .. headers]);

    /// <summary>Changes the profile of <c>alice</c> as herself, and expects success.</summary>
    protected async Task<JsonNode> PutAsync(string json)
    {
        var answer = await AsAliceAsync("PUT", Path, json);
        Assert.That(answer.Status, Is.EqualTo(200), $"{json} {answer.Json}");
        return answer.Json!;
    }

    /// <summary>Gives a user a name through our own API.</summary>
    protected Task NameAsync(string user, string name) => SetAsync(new Profile { PreferredUsername = name }, user);

    /// <summary>The name that a user has, as our own API tells it.</summary>
    protected async Task<string> NameOfAsync(string user) => (await ReadAsync(user)).PreferredUsername;

    /// <summary>What is on the denylist, as our own API tells it.</summary>
    protected async Task<IReadOnlyList<string>> DeniedAsync() =>
        (await Usernames.ListDeniedUsernamesAsync(new ListDeniedUsernamesRequest(), AsModerator)).Usernames;

    /// <summary>Changes the organization's rules for usernames.</summary>
    protected async Task SetRulesAsync(string rules)
    {
        var answer = await RestAsync(
            "PATCH", $"/v1/organizations/{Organization}", SharedServer.AdministratorToken, $$$"""{"settings":{"usernames":{{{rules}}}}}""");
        Assert.That(answer.Status, Is.EqualTo(200), answer.Json?.ToJsonString());
    }

    protected static void AssertRefused(RestAnswer answer, int status, string code)
    {
        Assert.That(
            (answer.Status, answer.Json!["statusCode"]!.GetValue<int>(), answer.Json["code"]!.GetValue<string>()),
            Is.EqualTo((status, status, code)),
            answer.Json.ToJsonString());
        Assert.That(answer.Json["error"]!.GetValue<string>(), Is.Not.Empty);
        Assert.That(answer.Json["message"]!.GetValue<string>(), Is.Not.Empty);
    }

    /// <summary>A text as JSON.</summary>
    protected static string Quote(string text) => JsonSerializer.Serialize(text);

    /// <summary>An answer's body.</summary>
    protected static string? Body(RestAnswer answer) => answer.Json?.ToJsonString();
}
