using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Profiles.EndToEnd.Tests.Harness;

namespace Profiles.EndToEnd.Tests.External;

/// <summary>A server on a database of somebody else's, with tokens of somebody else's issuer.</summary>
internal sealed class ExternalModeTests
{
    private const string MyProfile = "/v1/users/me/profile";

    private DataFolder data = null!;
    private ExternalIssuer issuer = null!;
    private ServerProcess server = null!;
    private HttpClient http = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        data = new DataFolder();
        issuer = new ExternalIssuer();
        var settings = data.With([("ConnectionStrings__Profiles", await ExternalDatabase.CreateAsync("external")), .. await issuer.SettingsAsync(data)]);
        var (exitCode, _, error) = await ServerProgram.RunAsync(settings, "organization", "create", "--id", "acme");
        Assert.That(exitCode, Is.Zero, error);
        server = await ServerProcess.StartAsync(settings);
        http = new HttpClient { BaseAddress = server.Http };
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        http.Dispose();
        await server.DisposeAsync();
        issuer.Dispose();
        data.Dispose();
        Assert.That(server.Errors(), Is.Empty);
        Assert.That(server.Output, Does.Not.Contain("Password"));
    }

    [Test]
    public async Task A_token_of_the_issuer_is_good()
    {
        using var body = new StringContent("""{"nickname":"Al"}""", Encoding.UTF8, "application/json");

        Assert.That(await StatusOf(HttpMethod.Patch, Token(), body), Is.EqualTo(200));
        Assert.That(await StatusOf(HttpMethod.Get, Token()), Is.EqualTo(200));
    }

    [Test]
    public async Task The_organization_of_the_examples_is_not_there() =>
        Assert.That(await StatusOf(HttpMethod.Get, issuer.Mint("demo", "alice")), Is.EqualTo(403));

    [Test]
    public async Task A_token_of_the_development_issuer_is_not()
    {
        Assert.That(await StatusOf(HttpMethod.Get, SharedServer.Mint.Mint("acme", "alice")), Is.EqualTo(401));
        Assert.That(File.Exists(data.IssuerKey), Is.False);
    }

    [TestCase("iss", "https://issuer.example/")]
    [TestCase("iss", "profiles-development")]
    [TestCase("aud", "profiles")]
    public async Task A_token_with_another_claim_is_not(string claim, string value) =>
        Assert.That(await StatusOf(HttpMethod.Get, Token(claims => claims[claim] = value)), Is.EqualTo(401));

    [Test]
    public async Task A_token_signed_with_another_key_is_not()
    {
        using var other = RSA.Create(2048);
        Assert.That(await StatusOf(HttpMethod.Get, Token(signer: other)), Is.EqualTo(401));
    }

    [Test]
    public async Task A_token_signed_with_the_public_key_as_a_secret_is_not()
    {
        var signed = ExternalIssuer.Sign("HS256", TokenMint.Claims("acme", "alice"));
        var mac = HMACSHA256.HashData(Encoding.ASCII.GetBytes(issuer.Key.ExportSubjectPublicKeyInfoPem()), Encoding.ASCII.GetBytes(signed));

        Assert.That(await StatusOf(HttpMethod.Get, $"{signed}.{TokenMint.Encode(mac)}"), Is.EqualTo(401));
    }

    [Test]
    public void The_embedded_database_is_not_started() =>
        Assert.That(Directory.Exists(Path.Combine(data.Path, "postgres")), Is.False);

    private string Token(Action<Dictionary<string, object?>>? change = null, RSA? signer = null)
    {
        var claims = TokenMint.Claims("acme", "alice");
        claims["iss"] = ExternalIssuer.Name;
        claims["aud"] = new[] { "others", ExternalIssuer.Audience };
        change?.Invoke(claims);
        return ExternalIssuer.Mint(claims, signer ?? issuer.Key);
    }

    private async Task<int> StatusOf(HttpMethod method, string token, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, MyProfile) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await http.SendAsync(request);
        return (int)response.StatusCode;
    }
}
