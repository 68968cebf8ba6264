using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Profiles.Transcoding.Errors;
using Profiles.Transcoding.Tests.Services;
using Profiles.Transcoding.Tests.Support;

namespace Profiles.Transcoding.Tests.EndToEnd;

/// <summary>One service with paths, limits, JSON and errors of its own, as an API needs that others have designed.</summary>
public class OwnFormTests : AppFixture
{
    private protected override Task<TestApp> StartAsync() => TestApp.StartAsync(
        grpc: grpc => grpc
            .AddServiceOptions<FormService>(options => (options.MaxReceiveMessageSize, options.MaxSendMessageSize) = (1000, 500))
            .AddServiceTranscodingOptions<FormService>(options =>
            {
                options.PathPrefix = "/own/v7";
                options.IgnoreTrailingSlash = true;
                options.IgnoreUnknownFields = true;
                options.UseProtoFieldNames = true;
                options.MaxRequestHeadersSize = 4096;
                options.ErrorWriter = new EnvelopeWriter();
            }),
        map: app =>
        {
            app.Use(next => context => context.Request.Headers.ContainsKey("x-stranger")
                ? context.WriteTranscodingErrorAsync(
                    context.GetEndpoint()!.Metadata.GetMetadata<TranscodingRoute>()!, new Google.Rpc.Status { Code = 16, Message = "who?" })
                : next(context));
            app.MapGrpcService<FormService>();
            app.MapTranscodingFallback<FormService>("/own/v7");
        });

    [TestCase("/own/v7/v1/forms")]
    [TestCase("/own/v7/v1/forms/")]
    [TestCase("/own/v7/v1/forms/a", "a")]
    [TestCase("/own/v7/v1/forms/a/", "a")]
    [TestCase("/own/v7/v1/forms/a%2F", "a/")]
    public Task Paths_begin_with_a_prefix_and_may_end_with_a_slash(string path, string? name = null) => ExpectAsync(
        "POST", path, """{"unknown":1,"scalars":{"int32Value":1}}""", 200,
        (name is null ? "{" : $"{{\"name\":\"{name}\",") + "\"scalars\":{\"int32_value\":1}}");

    [TestCase("POST", "/own/v7/v1/forms", "{", 400, 3, "BODY_INVALID")]
    [TestCase("POST", "/own/v7/v1/forms", """{"scalars":{"int32Value":"x"}}""", 400, 3, "BODY_INVALID")]
    [TestCase("POST", "/own/v7/v1/forms?left=x", "{}", 400, 3, "FIELD_INVALID")]
    [TestCase("POST", "/own/v7/v1/forms//", "{}", 404, 5, "PATH_NOT_FOUND")]
    [TestCase("GET", "/own/v7/nothing", null, 404, 5, "PATH_NOT_FOUND")]
    [TestCase("GET", "/own/v7", null, 404, 5, "PATH_NOT_FOUND")]
    [TestCase("GET", "/own/v7/", null, 404, 5, "PATH_NOT_FOUND")]
    [TestCase("DELETE", "/own/v7/v1/forms/", null, 405, 12, "METHOD_NOT_ALLOWED")]
    [TestCase("POST", "/own/v7/v1/forms", "1000", 413, 8, "BODY_TOO_LARGE", Description = "more than the gRPC service takes")]
    [TestCase("POST", "/own/v7/v1/forms", "600", 500, 8, "RESPONSE_TOO_LARGE")]
    [TestCase("POST", "/own/v7/v1/forms", "{}", 406, 3, "NOT_ACCEPTABLE", "accept", "text/html")]
    [TestCase("POST", "/own/v7/v1/forms", "{}", 431, 8, "HEADERS_TOO_LARGE", "x-large", "5000")]
    [TestCase("POST", "/own/v7/v1/forms", "{}", 400, 3, "REQUEST_INVALID", "grpc-timeout", "soon")]
    [TestCase("POST", "/own/v7/v1/forms", "{}", 401, 16, null, "x-stranger", "1")]
    public async Task Every_error_is_the_writer_s(
        string method, string path, string? body, int httpStatus, int code, string? reason, string? header = null, string? value = null)
    {
        if (body is "600" or "1000") body = $$"""{"name":"{{new string('x', int.Parse(body, CultureInfo.InvariantCulture))}}"}""";
        if (value is "5000") value = new string('x', 5000);
        using var response = await App.SendAsync(method, path, body, header is null ? [] : [(header, value!)]);
        var text = await response.Content.ReadAsStringAsync();
        var answer = JsonDocument.Parse(text).RootElement;
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), "what is wrong stands in the body");
        Assert.That(response.Headers.GetValues("x-own"), Is.EqualTo(new[] { "yes" }));
        Assert.That(
            (answer.GetProperty("status_code").GetInt32(), answer.GetProperty("code").GetInt32(), answer.GetProperty("reason").GetString()),
            Is.EqualTo((httpStatus, code, reason)),
            text);
        if (httpStatus == 405) Assert.That(response.Content.Headers.Allow, Is.EqualTo(new[] { "POST" }));
    }

    [Test]
    public async Task A_type_that_is_not_supported_is_the_writer_s_too()
    {
        using var content = new StringContent("x", Encoding.UTF8, "text/plain");
        using var response = await App.Http.PostAsync("/own/v7/v1/forms", content);
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("\"status_code\":415").And.Contain("MEDIA_TYPE_UNSUPPORTED"));
    }

    [TestCase("/v1/forms")]
    [TestCase("/own/v70")]
    [TestCase("/own")]
    public Task Paths_outside_have_the_usual_form(string path) =>
        ExpectAsync("GET", path, null, 404, """{"code":5,"message":"There is nothing at this path."}""");

    [TestCase("GET", "/v1/books/a/", 404)]
    [TestCase("POST", "/v1/books?unknown=1", 400)]
    public async Task Other_services_are_as_they_were(string method, string path, int status)
    {
        using var response = await App.SendAsync(method, path);
        Assert.That((int)response.StatusCode, Is.EqualTo(status));
        Assert.That(response.Headers.Contains("x-own"), Is.False);
    }

    [Test]
    public async Task Over_gRPC_the_path_has_no_prefix()
    {
        using var channel = GrpcChannel.ForAddress(App.Grpc);
        var answer = await new V1.FormService.FormServiceClient(channel).SubmitAsync(new V1.FormRequest { Name = "a" });
        Assert.That(answer.Name, Is.EqualTo("a"));
    }

    /// <summary>200 always, with the real status in the body.</summary>
    private sealed class EnvelopeWriter : ITranscodingErrorWriter
    {
        public Task WriteAsync(TranscodingErrorContext context)
        {
            var response = context.HttpContext.Response;
            response.StatusCode = StatusCodes.Status200OK;
            response.Headers["x-own"] = "yes";
            return response.WriteAsync(JsonSerializer.Serialize(new { status_code = context.HttpStatusCode, code = context.Status.Code, reason = context.Reason }));
        }
    }
}
