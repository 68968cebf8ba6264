using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Grpc.Core;
using Grpc.Net.Client;
using Profiles.V1;

namespace Profiles.EndToEnd.Tests.Harness;

/// <summary>A test against the shared server, in an organization of its own, with callers of every kind.</summary>
internal abstract class ProfilesTest
{
    protected const string MyProfile = "/v1/users/me/profile";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private GrpcChannel channel = null!;

    /// <summary>The test's organization.</summary>
    protected string Organization { get; private set; } = string.Empty;

    /// <summary>A token of the user <c>alice</c>, without permissions.</summary>
    protected string UserToken { get; private set; } = string.Empty;

    /// <summary>A token of a server with all permissions.</summary>
    protected string ServerToken { get; private set; } = string.Empty;

    protected HttpClient Http { get; private set; } = null!;

    protected ProfileService.ProfileServiceClient Grpc { get; private set; } = null!;

    protected CallInvoker Invoker { get; private set; } = null!;

    protected OrganizationService.OrganizationServiceClient Organizations { get; private set; } = null!;

    /// <summary>Credentials of a platform administrator.</summary>
    protected static CallOptions AsAdministrator => As(SharedServer.AdministratorToken);

    /// <summary>Credentials of the user <c>alice</c>.</summary>
    protected CallOptions AsUser => As(UserToken);

    /// <summary>Credentials of a server.</summary>
    protected CallOptions AsServer => As(ServerToken);

    [SetUp]
    public async Task ConnectCallers()
    {
        Organization = await SharedServer.NewOrganizationAsync();
        UserToken = SharedServer.Mint.Mint(Organization, "alice");
        ServerToken = SharedServer.Mint.Mint(Organization, "backend", "profiles.read", "profiles.write");
        Http = new HttpClient { BaseAddress = SharedServer.Server.Http, Timeout = Patience };
        channel = GrpcChannel.ForAddress(SharedServer.Server.Grpc);
        Invoker = channel.CreateCallInvoker();
        Grpc = new ProfileService.ProfileServiceClient(Invoker);
        Organizations = new OrganizationService.OrganizationServiceClient(Invoker);
    }

    [TearDown]
    public void DisconnectCallers()
    {
        Http.Dispose();
        channel.Dispose();
    }

    public static CallOptions As(string token, params (string Name, string Value)[] metadata)
    {
        var headers = new Metadata { { "authorization", $"Bearer {token}" } };
        foreach (var (name, value) in metadata)
            headers.Add(name, value);
        return new CallOptions(headers, TimeProvider.System.GetUtcNow().UtcDateTime.Add(Patience));
    }

    /// <summary>Calls REST with a token (none when it is empty) and a JSON body (none when it is null).</summary>
    protected Task<RestAnswer> RestAsync(
        string method, string path, string token, string? json = null, params (string Name, string Value)[] headers) =>
        RestAsync(method, path, token, json is null ? null : new StringContent(json, Encoding.UTF8, "application/json"), headers);

    protected async Task<RestAnswer> RestAsync(
        string method, string path, string token, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = content };
        if (token.Length > 0)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await Http.SendAsync(request);
        return await RestAnswer.ReadAsync(response);
    }
}

/// <summary>A REST answer.</summary>
internal sealed record RestAnswer(int Status, JsonNode? Json, HttpResponseMessage Response)
{
    /// <summary>The fields that the error's BadRequest detail names.</summary>
    public IReadOnlyList<string> ViolatedFields =>
        Details.Where(detail => detail["@type"]!.GetValue<string>().EndsWith("BadRequest", StringComparison.Ordinal))
            .SelectMany(detail => detail["fieldViolations"]!.AsArray())
            .Select(violation => violation!["field"]?.GetValue<string>() ?? string.Empty)
            .ToList();

    /// <summary>The reason of the error's ErrorInfo detail, or null.</summary>
    public string? Reason =>
        Details.FirstOrDefault(detail => detail["@type"]!.GetValue<string>().EndsWith("ErrorInfo", StringComparison.Ordinal))?
            ["reason"]!.GetValue<string>();

    private IEnumerable<JsonNode> Details => (Json?["details"] as JsonArray)?.Select(detail => detail!) ?? [];

    public static async Task<RestAnswer> ReadAsync(HttpResponseMessage response)
    {
        var body = await response.Content.ReadAsStringAsync();
        var isJson = body.Length > 0 && response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) != false;
        return new RestAnswer((int)response.StatusCode, isJson ? JsonNode.Parse(body) : null, response);
    }
}
