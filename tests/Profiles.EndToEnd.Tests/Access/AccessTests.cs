using System.Text;
using Grpc.Core;
using Profiles.EndToEnd.Tests.Harness;
using Profiles.V1;

namespace Profiles.EndToEnd.Tests.Access;

/// <summary>No call without a good token, whatever is wrong with it, and never a word on what it is.</summary>
internal sealed class AccessTests : ProfilesTest
{
    [TestCaseSource(typeof(HostileTokens), nameof(HostileTokens.All))]
    public async Task A_bad_token_is_refused_over_grpc(Func<string, string> make)
    {
        var failure = await RpcErrors.FailureOf(
            Grpc.UpdateMyProfileAsync(new UpdateMyProfileRequest { Profile = new Profile { Nickname = "Al" } }, As(make(Organization))));

        Assert.That(failure.StatusCode, Is.EqualTo(StatusCode.Unauthenticated));
        Assert.That(failure.Reason(), Is.EqualTo("CREDENTIAL_INVALID"));
        await NothingIsThere();
    }

    [TestCaseSource(typeof(HostileTokens), nameof(HostileTokens.All))]
    public async Task A_bad_token_is_refused_over_rest(Func<string, string> make)
    {
        var answer = await SendAsync($"Authorization: Bearer {make(Organization)}");

        AssertRefused(answer, "CREDENTIAL_INVALID", "Bearer error=\"invalid_token\"");
        await NothingIsThere();
    }

    [Test]
    public async Task A_missing_token_is_refused_over_grpc()
    {
        var failure = await RpcErrors.FailureOf(Grpc.GetMyProfileAsync(new GetMyProfileRequest()));

        Assert.That(failure.StatusCode, Is.EqualTo(StatusCode.Unauthenticated));
        Assert.That(failure.Reason(), Is.EqualTo("CREDENTIAL_MISSING"));
    }

    [Test]
    public async Task A_missing_token_is_refused_over_rest() =>
        AssertRefused(await SendAsync("X-Other: 1"), "CREDENTIAL_MISSING", "Bearer");

    [TestCase("Basic {0}")]
    [TestCase("Token {0}")]
    [TestCase("{0}")]
    [TestCase("Bearer")]
    [TestCase("Bearer\t{0}")]
    [TestCase("\"Bearer {0}\"")]
    [TestCase("Bearer {0}, Bearer {0}")]
    public async Task Another_scheme_is_refused(string format)
    {
        var value = format.Replace("{0}", UserToken, StringComparison.Ordinal);

        AssertRefused(await SendAsync($"Authorization: {value}"), "CREDENTIAL_INVALID", "Bearer error=\"invalid_token\"");
        var failure = await RpcErrors.FailureOf(Grpc.GetMyProfileAsync(
            new GetMyProfileRequest(), new CallOptions(new Metadata { { "authorization", value } })));
        Assert.That(failure.StatusCode, Is.EqualTo(StatusCode.Unauthenticated));
        Assert.That(failure.Reason(), Is.EqualTo("CREDENTIAL_INVALID"));
    }

    [Test]
    public async Task Two_authorization_headers_are_refused_even_when_both_are_good()
    {
        var header = $"Authorization: Bearer {UserToken}";
        AssertRefused(await SendAsync(header, header), "CREDENTIAL_INVALID", "Bearer error=\"invalid_token\"");

        var failure = await RpcErrors.FailureOf(Grpc.GetMyProfileAsync(new GetMyProfileRequest(), As(UserToken, ("authorization", $"Bearer {UserToken}"))));
        Assert.That(failure.StatusCode, Is.EqualTo(StatusCode.Unauthenticated));
    }

    [TestCase("access_token")]
    [TestCase("token")]
    public async Task A_token_in_the_query_is_not_looked_at(string name)
    {
        var answer = await RestAsync("GET", $"{MyProfile}?{name}={UserToken}", token: string.Empty);

        Assert.That(answer.Status, Is.EqualTo(401));
        Assert.That(answer.Reason, Is.EqualTo("CREDENTIAL_MISSING"));
    }

    [TestCase("Bearer ")]
    [TestCase("bearer ")]
    [TestCase("BEARER  ")]
    public async Task The_scheme_is_read_in_any_case(string scheme)
    {
        var answer = await SendAsync($"Authorization: {scheme}{UserToken}");

        Assert.That(answer.Status, Is.EqualTo(200), answer.Body);
    }

    [Test]
    public async Task A_token_is_good_up_to_a_minute_after_its_end()
    {
        var claims = TokenMint.Claims(Organization, "alice");
        claims["exp"] = TimeProvider.System.GetUtcNow().AddSeconds(-20).ToUnixTimeSeconds();
        claims["nbf"] = TimeProvider.System.GetUtcNow().AddSeconds(+20).ToUnixTimeSeconds();

        var answer = await RestAsync("PATCH", MyProfile, SharedServer.Mint.Mint(claims), """{"nickname":"Al"}""");

        Assert.That(answer.Status, Is.EqualTo(200));
    }

    private static void AssertRefused(RawAnswer answer, string reason, string challenge)
    {
        Assert.That(answer.Status, Is.EqualTo(401), answer.Body);
        Assert.That(answer.Headers["WWW-Authenticate"], Is.EqualTo(challenge));
        Assert.That(answer.Headers["Content-Type"], Is.EqualTo("application/json"));
        Assert.That(answer.Json!["code"]!.GetValue<int>(), Is.EqualTo(16));
        Assert.That(answer.Json["message"]!.GetValue<string>(), Is.Not.Empty);
        var detail = answer.Json["details"]![0]!;
        Assert.That(detail["reason"]!.GetValue<string>(), Is.EqualTo(reason));
        Assert.That(detail["domain"]!.GetValue<string>(), Is.EqualTo("profiles"));
    }

    private static Task<RawAnswer> SendAsync(params string[] headers) => RawHttp.SendAsync(
        SharedServer.Server.Http,
        RawHttp.Request("PATCH", MyProfile, token: string.Empty, Encoding.UTF8.GetBytes("""{"nickname":"Al"}"""), headers));

    private async Task NothingIsThere()
    {
        var list = await Grpc.ListProfilesAsync(new ListProfilesRequest(), AsServer);
        Assert.That(list.Profiles, Is.Empty);
    }
}
