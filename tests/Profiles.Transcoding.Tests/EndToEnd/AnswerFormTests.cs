using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Profiles.Transcoding.Tests.Services;
using Profiles.Transcoding.Tests.Support;

namespace Profiles.Transcoding.Tests.EndToEnd;

/// <summary>The forms of errors and the statuses of success that a caller or a service chooses.</summary>
public class AnswerFormTests : AppFixture
{
    private const string Problem = "application/problem+json";

    private protected override Task<TestApp> StartAsync() => TestApp.StartAsync(
        options =>
        {
            options.ErrorDomain = "tests.example";
            options.MaxRequestHeadersSize = 4096;
            options.NoContentForEmpty = true;
        },
        map: app => app.MapGrpcService<StreamService>());

    [TestCase("GET", "/v1/fail/rich", null, 400, "FAILED_PRECONDITION", "not now")]
    [TestCase("GET", "/v1/fail/NotFound", null, 404, "NOT_FOUND", "as told")]
    [TestCase("GET", "/v1/nothing", null, 404, "NOT_FOUND", "There is nothing at this path.")]
    [TestCase("DELETE", "/v1/inspect", null, 405, "UNIMPLEMENTED", "This path does not know the method; it knows GET, HEAD.")]
    [TestCase("POST", "/v1/echo", "{", 400, "INVALID_ARGUMENT", "must be valid JSON")]
    public async Task Errors_are_problem_documents_for_who_asks(string method, string path, string? body, int status, string code, string detail)
    {
        using var response = await App.SendAsync(method, path, body, ("accept", $"{Problem}, application/json"));
        var problem = await ReadAsync(response);
        Assert.That((int)response.StatusCode, Is.EqualTo(status));
        Assert.That(response.Content.Headers.ContentType?.ToString(), Is.EqualTo(Problem));
        Assert.That(response.Headers.Vary, Is.EqualTo(new[] { "Accept" }));
        Assert.That(problem.GetProperty("status").GetInt32(), Is.EqualTo(status));
        Assert.That(problem.GetProperty("title").GetString(), Is.EqualTo(response.ReasonPhrase));
        Assert.That(problem.GetProperty("detail").GetString(), Does.Contain(detail));
        Assert.That(problem.GetProperty("code").GetString(), Is.EqualTo(code));
    }

    [Test]
    public async Task A_problem_names_the_fields_and_the_reason()
    {
        using var response = await App.SendAsync("POST", "/v1/echo", """{"scalars":{"int32Value":"x"}}""", ("accept", Problem));
        var problem = await ReadAsync(response);
        var error = problem.GetProperty("errors")[0];
        Assert.That(error.GetProperty("field").GetString(), Is.EqualTo("scalars.int32_value"));
        Assert.That(error.GetProperty("detail").GetString(), Is.Not.Empty);
        Assert.That(problem.GetProperty("reason").GetString(), Is.EqualTo("BODY_INVALID"));
        Assert.That(problem.GetProperty("domain").GetString(), Is.EqualTo("tests.example"));
        Assert.That(problem.GetProperty("details").GetArrayLength(), Is.EqualTo(2));
    }

    [Test]
    public async Task A_problem_gathers_the_fields_of_all_details()
    {
        using var response = await App.SendAsync("GET", "/v1/fail/violations", null, ("accept", Problem));
        var text = await response.Content.ReadAsStringAsync();
        Assert.That(text, Does.Contain("""
            "reason":"NOT_NOW","domain":"tests","errors":[{"field":"a","detail":"must not"},{"field":"b","detail":"must not"}],"details":[
            """));
    }

    [TestCase(null, "application/json")]
    [TestCase("*/*", "application/json")]
    [TestCase("application/json", "application/json")]
    [TestCase("application/json, */*;q=0.1", "application/json")]
    [TestCase("application/*", "application/json")]
    [TestCase("application/json, application/problem+json;q=0.5", "application/json")]
    [TestCase("application/problem+json;q=0, application/json", "application/json")]
    [TestCase("nonsense", "application/json")]
    [TestCase("application/problem+json", Problem)]
    [TestCase("Application/Problem+JSON", Problem)]
    [TestCase("application/json, application/problem+json", Problem)]
    [TestCase("application/json;q=0.5, application/problem+json;q=0.5", Problem)]
    [TestCase("text/html", "application/json", Description = "no form of ours: the usual one, with the reason")]
    public async Task The_form_of_errors_follows_Accept(string? accept, string expected)
    {
        using var response = await App.SendAsync("GET", "/v1/fail/NotFound", null, accept is null ? [] : [("accept", accept)]);
        Assert.That(response.Content.Headers.ContentType?.ToString(), Is.EqualTo(expected));
    }

    [TestCase("text/html", 406)]
    [TestCase("application/json;q=0, */*;q=0.1", 406)]
    [TestCase("image/*", 406)]
    [TestCase("text/html, */*;q=0.1", 200)]
    [TestCase("application/json;charset=utf-8", 200)]
    [TestCase("application/problem+json", 200)]
    [TestCase("nonsense", 200)]
    public async Task What_is_not_acceptable_is_not_done(string accept, int status)
    {
        using var response = await App.SendAsync("GET", "/v1/inspect", null, ("accept", accept));
        Assert.That((int)response.StatusCode, Is.EqualTo(status));
        if (status == 406) Assert.That(Reason(await ReadAsync(response)), Is.EqualTo("NOT_ACCEPTABLE"));
    }

    [TestCase("GET", "/v1/nothing", null, "PATH_NOT_FOUND")]
    [TestCase("DELETE", "/v1/inspect", null, "METHOD_NOT_ALLOWED")]
    [TestCase("GET", "/v1/inspect?nonsense=1", null, "FIELD_INVALID")]
    [TestCase("POST", "/v1/echo", "[]", "BODY_INVALID")]
    public async Task The_transcoder_s_own_errors_have_a_reason(string method, string path, string? body, string reason)
    {
        using var response = await App.SendAsync(method, path, body);
        Assert.That(Reason(await ReadAsync(response)), Is.EqualTo(reason));
    }

    [Test]
    public async Task A_deadline_has_a_reason()
    {
        using var response = await App.SendAsync("GET", "/v1/wait", null, ("grpc-timeout", "10m"));
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.GatewayTimeout));
        Assert.That(Reason(await ReadAsync(response)), Is.EqualTo("DEADLINE_EXCEEDED"));
    }

    [Test]
    public async Task Headers_that_are_too_large_are_an_error_like_others()
    {
        using var response = await App.SendAsync("GET", "/v1/inspect", null, ("x-large", new string('x', 5000)));
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.RequestHeaderFieldsTooLarge));
        Assert.That(Reason(await ReadAsync(response)), Is.EqualTo("HEADERS_TOO_LARGE"));
    }

    [TestCase(200)]
    [TestCase(201)]
    [TestCase(202)]
    public async Task A_method_chooses_its_success_and_its_headers(int status)
    {
        using var response = await App.SendAsync("POST", "/v1/things", $$"""{"to":{{status}}}""");
        Assert.That((int)response.StatusCode, Is.EqualTo(status));
        Assert.That(response.Headers.Location?.ToString(), Is.EqualTo("/v1/things/1"));
        Assert.That(response.Headers.ETag?.Tag, Is.EqualTo("\"t1\""));
        Assert.That(response.Headers.RetryAfter?.ToString(), Is.EqualTo("5"));
        Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo("""{"number":1}"""));
    }

    [TestCase(204)]
    [TestCase(205)]
    public async Task A_success_without_body_has_none_whatever_the_method_returns(int status)
    {
        using var response = await App.SendAsync("PUT", "/v1/things", $$"""{"to":{{status}}}""");
        Assert.That((int)response.StatusCode, Is.EqualTo(status));
        Assert.That(response.Headers.ETag?.Tag, Is.EqualTo("\"t2\""));
        Assert.That(response.Content.Headers.ContentType, Is.Null);
        Assert.That(await response.Content.ReadAsByteArrayAsync(), Is.Empty);

        using var other = await App.SendAsync("PUT", "/v1/things", """{"to":200}""");
        Assert.That(await other.Content.ReadAsStringAsync(), Is.EqualTo("\"not for HTTP where there is no body\""));
    }

    [Test]
    public async Task Over_gRPC_the_headers_are_metadata_and_the_status_is_none()
    {
        using var channel = Grpc.Net.Client.GrpcChannel.ForAddress(App.Grpc);
        using var call = new V1.StreamService.StreamServiceClient(channel).CreateAsync(new V1.CountRequest { To = 201 });
        var headers = await call.ResponseHeadersAsync;
        Assert.That((await call).Number, Is.EqualTo(1));
        Assert.That(headers.GetValue("location"), Is.EqualTo("/v1/things/1"));
        Assert.That(call.GetTrailers().GetValue("retry-after"), Is.EqualTo("5"));
    }

    [Test]
    public async Task Nothing_has_no_content()
    {
        using var response = await App.SendAsync("DELETE", "/v1/things", null, ("accept", "text/html"));
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(response.Content.Headers.ContentType, Is.Null);
        Assert.That(await response.Content.ReadAsByteArrayAsync(), Is.Empty);
    }

    private static string? Reason(JsonElement error) =>
        error.GetProperty("details").EnumerateArray().Single(detail => detail.TryGetProperty("reason", out _)).GetProperty("reason").GetString();

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response) =>
        JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
}
