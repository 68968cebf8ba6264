using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Profiles.EndToEnd.Tests.Harness;

namespace Profiles.EndToEnd.Tests.External;

/// <summary>A server on a database of somebody else's, with tokens of somebody else's issuer.</summary>
internal sealed class ExternalModeTests
{
    private const string Issuer = "https://issuer.example";
    private const string Audience = "https://profiles.example";
    private const string KeyId = "key-1";
    private const string MyProfile = "/v1/users/me/profile";

    private DataFolder data = null!;
    private RSA key = null!;
    private ServerProcess server = null!;
    private HttpClient http = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        data = new DataFolder();
        key = RSA.Create(2048);
        var keys = Path.Combine(data.Path, "keys.json");
        await File.WriteAllTextAsync(keys, JsonWebKeys.Write(key, KeyId));
        server = await ServerProcess.StartAsync(data.With(
            ("ConnectionStrings__Profiles", await ExternalDatabase.CreateAsync("external")),
            ("Tokens__Issuer", Issuer),
            ("Tokens__Audience", Audience),
            ("Tokens__KeysFile", keys)));
        http = new HttpClient { BaseAddress = server.Http };
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        http.Dispose();
        await server.DisposeAsync();
        key.Dispose();
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
        var signed = Signed("HS256", TokenMint.Claims("acme", "alice"));
        var mac = HMACSHA256.HashData(Encoding.ASCII.GetBytes(key.ExportSubjectPublicKeyInfoPem()), Encoding.ASCII.GetBytes(signed));

        Assert.That(await StatusOf(HttpMethod.Get, $"{signed}.{TokenMint.Encode(mac)}"), Is.EqualTo(401));
    }

    [Test]
    public void The_embedded_database_is_not_started() =>
        Assert.That(Directory.Exists(Path.Combine(data.Path, "postgres")), Is.False);

    private static string Signed(string algorithm, Dictionary<string, object?> claims)
    {
        var header = JsonSerializer.SerializeToUtf8Bytes(new { alg = algorithm, kid = KeyId });
        return $"{TokenMint.Encode(header)}.{TokenMint.Encode(JsonSerializer.SerializeToUtf8Bytes(claims))}";
    }

    private string Token(Action<Dictionary<string, object?>>? change = null, RSA? signer = null)
    {
        var claims = TokenMint.Claims("acme", "alice");
        claims["iss"] = Issuer;
        claims["aud"] = new[] { "others", Audience };
        change?.Invoke(claims);
        var signed = Signed("RS256", claims);
        var signature = (signer ?? key).SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{signed}.{TokenMint.Encode(signature)}";
    }

    private async Task<int> StatusOf(HttpMethod method, string token, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, MyProfile) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await http.SendAsync(request);
        return (int)response.StatusCode;
    }
}
