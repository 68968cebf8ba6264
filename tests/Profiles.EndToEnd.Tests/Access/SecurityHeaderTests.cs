using Grpc.Core;
using Profiles.EndToEnd.Tests.Harness;
using Profiles.V1;

namespace Profiles.EndToEnd.Tests.Access;

/// <summary>What answers tell browsers and caches.</summary>
internal sealed class SecurityHeaderTests : ProfilesTest
{
    // The order of cache-control is HttpClient's own.
    private const string NothingAllowed = "default-src 'none'; frame-ancestors 'none'";

    [TestCase("GET", MyProfile, 200, "no-cache, private")]
    [TestCase("HEAD", MyProfile, 200, "no-cache, private")]
    [TestCase("GET", "/v1/users/me/changes", 200, "no-store")]
    [TestCase("GET", "/v1/profiles/alice", 403, "no-store")]
    [TestCase("GET", "/v1/nothing", 404, "no-store")]
    [TestCase("POST", MyProfile, 405, "no-store")]
    [TestCase("GET", "/healthz/live", 200, "no-store")]
    [TestCase("POST", "/healthz/live", 405, "no-store")]
    public async Task Every_rest_answer_has_them(string method, string path, int status, string cacheControl)
    {
        await Grpc.UpdateMyProfileAsync(new UpdateMyProfileRequest { Profile = new Profile { Nickname = "Al" } }, AsUser);

        var answer = await RestAsync(method, path, UserToken);

        Assert.That(answer.Status, Is.EqualTo(status));
        Assert.That(Header(answer, "x-content-type-options"), Is.EqualTo("nosniff"));
        Assert.That(Header(answer, "referrer-policy"), Is.EqualTo("no-referrer"));
        Assert.That(Header(answer, "content-security-policy"), Is.EqualTo(NothingAllowed));
        Assert.That(Header(answer, "cache-control"), Is.EqualTo(cacheControl));
        // Without TLS it means nothing.
        Assert.That(answer.Response.Headers.Contains("strict-transport-security"), Is.False);
    }

    [Test]
    public async Task A_stranger_s_refusal_has_them_and_an_unchanged_record_too()
    {
        await Grpc.UpdateMyProfileAsync(new UpdateMyProfileRequest { Profile = new Profile { Nickname = "Al" } }, AsUser);
        var etag = (await RestAsync("GET", MyProfile, UserToken)).Response.Headers.ETag!.ToString();

        var refused = await RestAsync("GET", MyProfile, string.Empty);
        var unchanged = await RestAsync("GET", MyProfile, UserToken, json: null, ("If-None-Match", etag));

        Assert.That(refused.Status, Is.EqualTo(401));
        Assert.That(Header(refused, "cache-control"), Is.EqualTo("no-store"));
        Assert.That(unchanged.Status, Is.EqualTo(304));
        Assert.That(Header(unchanged, "cache-control"), Is.EqualTo("no-cache, private"));
        Assert.That(Header(unchanged, "x-content-type-options"), Is.EqualTo("nosniff"));
    }

    [Test]
    public async Task Grpc_answers_have_them()
    {
        using var call = Grpc.ListMyProfileChangesAsync(new ListMyProfileChangesRequest(), AsUser);
        var headers = await call.ResponseHeadersAsync;
        try
        {
            await call;
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.NotFound)
        {
            // There is no profile.
        }

        Assert.That(headers.GetValue("x-content-type-options"), Is.EqualTo("nosniff"));
        Assert.That(headers.GetValue("cache-control"), Is.EqualTo("no-store"));
    }

    private static string Header(RestAnswer answer, string name) => answer.Response.Headers.GetValues(name).Single();
}
