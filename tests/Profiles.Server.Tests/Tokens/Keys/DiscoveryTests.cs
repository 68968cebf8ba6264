using System.Text;
using Microsoft.AspNetCore.Http;
using Profiles.Server.Tokens;
using Profiles.Server.Tokens.Keys;
using static Profiles.Server.Tests.Tokens.Keys.IssuerServer;

namespace Profiles.Server.Tests.Tokens.Keys;

/// <summary>Keys come from a real server, by its description or its address, and from nowhere else.</summary>
public class DiscoveryTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly IssuerKey key = new("a");
    private IssuerServer server = null!;

    [SetUp]
    public async Task Start_issuer()
    {
        server = await StartAsync();
        server.Answer(KeySet, IssuerKey.Set(key));
    }

    [TearDown]
    public async Task Stop_issuer() => await server.DisposeAsync();

    [Test]
    public async Task Keys_are_found_by_the_description()
    {
        Assert.That(JsonWebKeySet.Parse(await DiscoverAsync()).Find("a"), Is.Not.Null);
        Assert.That(server.Requests, Is.EqualTo([Description, KeySet]));
    }

    [Test]
    public async Task Keys_are_read_from_their_address()
    {
        var source = new KeyAddress(new Uri(server.Address + KeySet), Client());
        Assert.That(JsonWebKeySet.Parse(await source.ReadAsync(default)).Find("a"), Is.Not.Null);
        Assert.That(server.Requests, Is.EqualTo([KeySet]));
    }

    [Test]
    public async Task Keys_may_move()
    {
        await DiscoverAsync();
        server.Answer(KeySet, "gone");
        server.Answer("/moved", IssuerKey.Set(key));
        server.Answer(Description, TestIssuer.With(server.Describe(), "jwks_uri", $"\"{server.Address}/moved\""));
        Assert.That(JsonWebKeySet.Parse(await DiscoverAsync()).Find("a"), Is.Not.Null);
    }

    // member, its value, what the message says
    [TestCase("issuer", null, "its 'issuer' is another one")]
    [TestCase("issuer", "\"https://other.example\"", "its 'issuer' is another one")]
    [TestCase("issuer", "\"{0}/\"", "its 'issuer' is another one")]
    [TestCase("issuer", "[\"{0}\"]", "its 'issuer' is another one")]
    [TestCase("jwks_uri", null, "has a 'jwks_uri' that must be an https address")]
    [TestCase("jwks_uri", "1", "has a 'jwks_uri' that must be an https address")]
    [TestCase("jwks_uri", "\"/keys\"", "has a 'jwks_uri' that must be an https address")]
    [TestCase("jwks_uri", "\"file:///etc/passwd\"", "has a 'jwks_uri' that must be an https address")]
    [TestCase("jwks_uri", "\"http://issuer.example/keys\"", "has a 'jwks_uri' that must be an https address")]
    [TestCase("jwks_uri", "\"https://user:secret@issuer.example/keys\"", "has a 'jwks_uri' that must be an https address")]
    [TestCase("x", "\"\\ud800\",\"x\":1", "is not a JSON object")]
    public void Wrong_description_is_refused(string member, string? value, string message)
    {
        server.Answer(Description, TestIssuer.With(server.Describe(), member, value?.Replace("{0}", server.Address, StringComparison.Ordinal)));
        Assert.That(DiscoverAsync, Throws.TypeOf<InvalidDataException>()
            .With.Message.StartsWith(server.Address + Description).And.Message.Contains(message).And.Message.Not.Contains("secret"));
        Assert.That(server.Requests, Is.EqualTo([Description]));
    }

    [TestCase("")]
    [TestCase("<html>")]
    [TestCase("[]")]
    [TestCase("null")]
    public void Description_that_is_no_json_object_is_refused(string document)
    {
        server.Answer(Description, document);
        Assert.That(DiscoverAsync, Throws.TypeOf<InvalidDataException>().With.Message.Contains("is not a JSON object"));
    }

    [Test]
    public async Task Description_over_tls_cannot_name_keys_without_it()
    {
        using var authority = new TestAuthority();
        using var certificate = authority.Issue();
        await using var secure = await StartAsync(certificate);
        secure.Answer(Description, TestIssuer.With(secure.Describe(), "jwks_uri", $"\"{server.Address}{KeySet}\""));

        Assert.That(
            () => DiscoverAsync(secure, IssuerClient.Create(false, [authority.Certificate])),
            Throws.TypeOf<InvalidDataException>().With.Message.EndsWith("has a 'jwks_uri' without TLS."));
        Assert.That(server.Requests, Is.Empty);
    }

    [TestCase(204)]
    [TestCase(401)]
    [TestCase(404)]
    [TestCase(500)]
    [TestCase(503)]
    public void Other_answer_than_200_is_refused(int status)
    {
        server.Answer(KeySet, context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });
        Assert.That(DiscoverAsync, Throws.TypeOf<HttpRequestException>()
            .With.Message.EqualTo($"{server.Address}{KeySet} answered {status} instead of 200."));
    }

    [TestCase(301)]
    [TestCase(302)]
    [TestCase(307)]
    [TestCase(308)]
    public void Redirect_is_not_followed(int status)
    {
        server.Answer("/elsewhere", IssuerKey.Set(key));
        server.Answer(KeySet, context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = "/elsewhere";
            return Task.CompletedTask;
        });
        Assert.That(DiscoverAsync, Throws.TypeOf<HttpRequestException>().With.Message.Contains($"answered {status}"));
        Assert.That(server.Requests, Is.EqualTo([Description, KeySet]));
    }

    [Test]
    public void Answer_that_is_too_large_is_refused([Values] bool isChunked)
    {
        var large = Encoding.UTF8.GetBytes(IssuerKey.Set(key) + new string(' ', JsonWebKeySet.MaxBytes));
        server.Answer(KeySet, context =>
        {
            context.Response.ContentLength = isChunked ? null : large.Length;
            return context.Response.Body.WriteAsync(large).AsTask();
        });
        Assert.That(DiscoverAsync, Throws.TypeOf<HttpRequestException>());
    }

    [Test]
    public void Headers_that_are_too_large_are_refused()
    {
        server.Answer(KeySet, context =>
        {
            context.Response.Headers["x"] = new string('x', 17 * 1024);
            return context.Response.WriteAsync(IssuerKey.Set(key));
        });
        Assert.That(DiscoverAsync, Throws.TypeOf<HttpRequestException>());
    }

    [Test]
    public void Answer_that_never_ends_is_given_up([Values] bool hasBegun)
    {
        using var timeout = new CancellationTokenSource();
        server.Answer(KeySet, async context =>
        {
            if (hasBegun)
                await context.Response.WriteAsync("{");
            await context.Response.Body.FlushAsync();
            await timeout.CancelAsync();
            await Task.Delay(Patience, TimeProvider.System, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        });
        Assert.That(async () => await DiscoverAsync(server, Client(), timeout.Token).WaitAsync(Patience),
            Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task Nothing_but_the_question_is_sent()
    {
        string[] sent = [];
        server.Answer(KeySet, context =>
        {
            sent = [.. context.Request.Headers.Keys];
            context.Response.Headers.SetCookie = "session=1";
            return context.Response.WriteAsync(IssuerKey.Set(key));
        });
        var client = Client();
        using var activity = new System.Diagnostics.Activity("request").Start();
        await DiscoverAsync(server, client);
        await DiscoverAsync(server, client);
        Assert.That(sent, Is.EquivalentTo(["Host", "Accept", "User-Agent"]));
    }

    [Test]
    public async Task Certificate_must_be_good()
    {
        using var authority = new TestAuthority();
        using var stranger = new TestAuthority();
        Assert.That(await IsTrustedAsync(authority.Issue(), authority));
        Assert.That(await IsTrustedAsync(authority.Issue(), null), Is.False, "an authority that the system does not know");
        Assert.That(await IsTrustedAsync(authority.Issue(), stranger), Is.False, "another authority");
        Assert.That(await IsTrustedAsync(authority.Issue("127.0.0.2"), authority), Is.False, "another server");
        Assert.That(await IsTrustedAsync(authority.Issue(days: -1), authority), Is.False, "expired");
    }

    // name, whether it is taken
    [TestCase("https://issuer.example", true)]
    [TestCase("https://issuer.example:8443/a/b?c=d", true)]
    [TestCase("http://127.0.0.1:8080/keys", true)]
    [TestCase("http://127.0.0.2/", true)]
    [TestCase("http://[::1]/", true)]
    [TestCase("http://localhost:1", true)]
    [TestCase("http://issuer.example", false)]
    [TestCase("http://localhost.example/", false)]
    [TestCase("http://127.0.0.1.example/", false)]
    [TestCase("http://10.0.0.1/", false)]
    [TestCase("http://0.0.0.0/", false)]
    [TestCase("https://user@issuer.example/", false)]
    [TestCase("https://issuer.example/#a", false)]
    [TestCase("ftp://issuer.example/", false)]
    [TestCase("file:///keys.json", false)]
    [TestCase("issuer.example/keys", false)]
    [TestCase("/keys", false)]
    [TestCase("https://", false)]
    [TestCase("", false)]
    [TestCase(null, false)]
    public void Addresses_are_those_that_cannot_be_forged(string? text, bool isTaken) =>
        Assert.That(IssuerAddress.TryParse(text) is not null, Is.EqualTo(isTaken));

    [Test]
    public void Address_has_at_most_2048_characters()
    {
        var longest = "https://a/".PadRight(2048, 'b');
        Assert.That(IssuerAddress.TryParse(longest), Is.Not.Null);
        Assert.That(IssuerAddress.TryParse(longest + "b"), Is.Null);
    }

    [TestCase("https://a.example", "https://a.example/.well-known/openid-configuration")]
    [TestCase("https://a.example/", "https://a.example/.well-known/openid-configuration")]
    [TestCase("https://a.example/realms/b", "https://a.example/realms/b/.well-known/openid-configuration")]
    public void Description_lies_below_the_issuer(string issuer, string address) =>
        Assert.That(DiscoveredKeys.DefaultAddress(issuer), Is.EqualTo(address));

    [Test]
    public void Message_leaves_the_query_out() =>
        Assert.That(IssuerClient.NameOf(new("https://a.example/keys?secret=1")), Is.EqualTo("https://a.example/keys"));

    private static IssuerClient Client() => IssuerClient.Create(usesProxy: false, authorities: null);

    private Task<byte[]> DiscoverAsync() => DiscoverAsync(server, Client());

    private static Task<byte[]> DiscoverAsync(IssuerServer issuer, IssuerClient client, CancellationToken token = default) =>
        new DiscoveredKeys(issuer.Address, new Uri(issuer.Address + Description), client).ReadAsync(token);

    private static async Task<bool> IsTrustedAsync(
        System.Security.Cryptography.X509Certificates.X509Certificate2 certificate, TestAuthority? authority)
    {
        await using var secure = await StartAsync(certificate);
        try
        {
            await DiscoverAsync(secure, IssuerClient.Create(false, authority is null ? null : [authority.Certificate]));
            return true;
        }
        catch (HttpRequestException failure)
        {
            Assert.That(failure.HttpRequestError, Is.EqualTo(HttpRequestError.SecureConnectionError));
            Assert.That(secure.Requests, Is.Empty);
            return false;
        }
    }
}
