using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;
using Profiles.EndToEnd.Tests.Harness;
using Profiles.V1;

namespace Profiles.EndToEnd.Tests.Clients;

/// <summary>What pages of other origins may do.</summary>
internal sealed class BrowserTests : ProfilesTest
{
    private const string UpdateMine = "/profiles.v1.ProfileService/UpdateMyProfile";

    [TestCase("PATCH", MyProfile, "authorization,content-type,if-match,idempotency-key")]
    [TestCase("PUT", MyProfile, "authorization,content-type")]
    [TestCase("DELETE", "/v1/profiles/bob", "authorization")]
    [TestCase("POST", UpdateMine, "authorization,content-type,x-grpc-web,x-user-agent,grpc-timeout")]
    public async Task A_page_of_a_known_origin_may_call(string method, string path, string headers)
    {
        using var response = await PreflightAsync(SharedServer.WebOrigin, method, path, headers);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(Header(response, "access-control-allow-origin"), Is.EqualTo(SharedServer.WebOrigin));
        Assert.That(Header(response, "access-control-allow-methods").Split(','), Does.Contain(method));
        Assert.That(Header(response, "access-control-allow-headers").Split(','), Is.EquivalentTo(headers.Split(',')));
        Assert.That(Header(response, "access-control-max-age"), Is.EqualTo("7200"));
        Assert.That(response.Headers.Contains("access-control-allow-credentials"), Is.False);
    }

    [TestCase("https://evil.example.net", "PATCH")]
    [TestCase("http://app.example.net", "PATCH")]
    [TestCase("https://app.example.net:8443", "POST")]
    [TestCase("null", "PATCH")]
    public async Task A_page_of_another_origin_may_not(string origin, string method)
    {
        using var response = await PreflightAsync(origin, method, MyProfile, "authorization");

        Assert.That(response.Headers.Contains("access-control-allow-origin"), Is.False);
    }

    [Test]
    public async Task A_page_may_read_the_answer_and_what_stands_in_its_headers()
    {
        var answer = await RestAsync("PATCH", MyProfile, UserToken, """{"nickname":"Al"}""", ("Origin", SharedServer.WebOrigin));
        var refused = await RestAsync("GET", MyProfile, string.Empty, json: null, ("Origin", SharedServer.WebOrigin));

        foreach (var response in new[] { answer.Response, refused.Response })
        {
            Assert.That(Header(response, "access-control-allow-origin"), Is.EqualTo(SharedServer.WebOrigin));
            Assert.That(
                Header(response, "access-control-expose-headers").ToLowerInvariant().Split(','),
                Is.SupersetOf(new[] { "grpc-status", "grpc-message", "grpc-status-details-bin", "etag", "retry-after", "ratelimit", "ratelimit-policy", "x-request-id" }));
        }
    }

    [Test]
    public async Task A_call_without_token_is_refused_in_the_form_of_gRPC_Web(
        [Values("application/grpc-web+proto", "application/grpc-web-text")] string type)
    {
        using var response = await CallAsync(type, string.Empty);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(response.Content.Headers.ContentType?.MediaType, Does.StartWith(type));
        Assert.That(Header(response, "grpc-status"), Is.EqualTo("16"));
        Assert.That(Header(response, "grpc-status-details-bin"), Is.Not.Empty);
        Assert.That(await response.Content.ReadAsByteArrayAsync(), Is.Empty);
    }

    [Test]
    public async Task A_call_with_token_changes_the_profile_that_REST_reads()
    {
        using var response = await CallAsync("application/grpc-web+proto", UserToken);
        var read = await RestAsync("GET", MyProfile, UserToken);

        Assert.That(response.Headers.Contains("grpc-status"), Is.False);
        Assert.That(read.Json!["nickname"]!.GetValue<string>(), Is.EqualTo("Al"));
    }

    private async Task<HttpResponseMessage> CallAsync(string type, string token)
    {
        var message = new UpdateMyProfileRequest { Profile = new Profile { Nickname = "Al" } }.ToByteArray();
        byte[] frame = [0, 0, 0, 0, (byte)message.Length, .. message];
        using var content = new ByteArrayContent(type.Contains("text") ? System.Text.Encoding.ASCII.GetBytes(Convert.ToBase64String(frame)) : frame);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        using var call = new HttpRequestMessage(HttpMethod.Post, UpdateMine) { Content = content };
        if (token.Length > 0)
            call.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await Http.SendAsync(call);
    }

    private async Task<HttpResponseMessage> PreflightAsync(string origin, string method, string path, string headers)
    {
        using var preflight = new HttpRequestMessage(HttpMethod.Options, path);
        preflight.Headers.TryAddWithoutValidation("origin", origin);
        preflight.Headers.TryAddWithoutValidation("access-control-request-method", method);
        preflight.Headers.TryAddWithoutValidation("access-control-request-headers", headers);
        return await Http.SendAsync(preflight);
    }

    private static string Header(HttpResponseMessage response, string name) => string.Join(',', response.Headers.GetValues(name));
}
