using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using Profiles.Transcoding.Errors;
using Profiles.Transcoding.Tests.Services;
using Profiles.Transcoding.Tests.Support;

namespace Profiles.Transcoding.Tests.EndToEnd;

/// <summary>Options for all services, for one, and what an application adds of its own.</summary>
public class OptionTests
{
    [Test]
    public async Task Options_of_all_services_and_of_one()
    {
        await using var app = await TestApp.StartAsync(
            options => options.WriteDefaultValues = true,
            grpc => grpc.AddServiceTranscodingOptions<LibraryService>(options =>
            {
                options.UseProtoFieldNames = true;
                options.IgnoreUnknownFields = true;
                options.IgnoreUnknownQueryParameters = true;
            }));
        Assert.That(
            await TextAsync(app, "POST", "/v1/books/a:archive?unknown=1&reason=x", "{}"),
            Does.StartWith("""{"code":3"""),
            "what the body may say is not for the query");
        Assert.That(
            await TextAsync(app, "POST", "/v1/books/a:archive", """{"unknown":[]}"""),
            Is.EqualTo("""{"book_id":"a","reason":""}"""));
        Assert.That(await TextAsync(app, "GET", "/v1/books?unknown=1&pageSize=2&filter.unknown=2"), Does.Contain("\"page_size\":2"));
        Assert.That(await TextAsync(app, "GET", "/v1/echo"), Is.EqualTo("""{"children":[],"@odd name":""}"""));
        Assert.That(await TextAsync(app, "GET", "/v1/echo?unknown=1"), Does.Contain("names no field"));
    }

    [Test]
    public async Task Answers_say_of_themselves_what_the_application_wants()
    {
        await using var app = await TestApp.StartAsync(options => options.JsonContentType = "application/json; charset=utf-8");

        using var answer = await app.SendAsync("GET", "/v1/books/a");

        Assert.That(answer.Content.Headers.ContentType!.ToString(), Is.EqualTo("application/json; charset=utf-8"));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_body_can_be_required(bool isRequired)
    {
        await using var app = await TestApp.StartAsync(options => options.RequireBody = isRequired);

        foreach (var body in (string?[])[null, ""])
            Assert.That(await TextAsync(app, "POST", "/v1/books/a:archive", body), isRequired ? Does.Contain("must have a body") : Does.Contain("bookId"));
        Assert.That(await TextAsync(app, "POST", "/v1/books/a:archive", "{}"), Does.Contain("bookId"));
        Assert.That(await TextAsync(app, "GET", "/v1/books/a"), Is.EqualTo("""{"bookId":"a"}"""));
    }

    [Test]
    public async Task Named_parameters_pass_unread()
    {
        await using var app = await TestApp.StartAsync(options => options.IgnoredQueryParameters.Add("trace"));
        Assert.That(await TextAsync(app, "GET", "/v1/books/a?trace=%ff"), Is.EqualTo("""{"bookId":"a"}"""));
        Assert.That(await TextAsync(app, "GET", "/v1/books/a?Trace=1"), Does.Contain("names no field"));
    }

    [Test]
    public async Task Limits_are_kept()
    {
        await using var app = await TestApp.StartAsync(options =>
            (options.MaxDepth, options.MaxElements, options.MaxQueryParameters, options.MaxRequestBodySize) = (2, 3, 2, 40));
        Assert.That(await TextAsync(app, "POST", "/v1/books", """{"author":{"mentor":{}}}"""), Does.Contain("is nested deeper than 2 levels"));
        Assert.That(await TextAsync(app, "POST", "/v1/books", """{"tags":["","",""]}"""), Does.Contain("has more than 3 elements"));
        Assert.That(await TextAsync(app, "GET", "/v1/books?ids=&ids=&ids="), Is.EqualTo("""{"code":3,"message":"The query has more than 2 parameters."}"""));
        Assert.That(await TextAsync(app, "GET", "/v1/books?filter.or.or.or.title=x"), Does.Contain("is nested deeper than 2 levels"));

        using var large = await app.SendAsync("POST", "/v1/books", $$"""{"title":"{{new string('x', 40)}}"}""");
        Assert.That(large.StatusCode, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
        Assert.That(await large.Content.ReadAsStringAsync(), Is.EqualTo("""{"code":8,"message":"The request body is larger than 40 bytes."}"""));
    }

    [TestCase(false, TestName = "The_limits_of_gRPC_hold_with_a_length")]
    [TestCase(true, TestName = "The_limits_of_gRPC_hold_without_a_length")]
    public async Task The_limits_of_gRPC_hold(bool chunked)
    {
        await using var app = await TestApp.StartAsync(grpcOptions: options => (options.MaxReceiveMessageSize, options.MaxSendMessageSize) = (1000, 100));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/books");
        request.Content = new StringContent($$"""{"title":"{{new string('x', 1000)}}"}""", System.Text.Encoding.UTF8, "application/json");
        request.Headers.TransferEncodingChunked = chunked;
        using var large = await app.Http.SendAsync(request);
        Assert.That(large.StatusCode, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));

        using var response = await app.SendAsync("POST", "/v1/books", $$"""{"title":"{{new string('x', 100)}}"}""");
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.InternalServerError));
        Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo("""{"code":8,"message":"The response is larger than this service may send."}"""));
        app.Logs.AssertNoErrors();
    }

    [Test]
    public async Task Detailed_errors_are_told_where_gRPC_tells_them()
    {
        await using var app = await TestApp.StartAsync(grpcOptions: options => options.EnableDetailedErrors = true);
        Assert.That(await TextAsync(app, "GET", "/v1/fail/throw"), Does.Contain("InvalidOperationException: the secret of the house"));
    }

    [Test]
    public async Task A_mapper_chooses_the_HTTP_status()
    {
        await using var app = await TestApp.StartAsync(options => options.HttpStatusMapper = (context, status) =>
            status.Code == (int)Grpc.Core.StatusCode.Aborted && context.Request.Headers.IfMatch.Count > 0 ? 412 : null);
        using var stale = await app.SendAsync("PUT", "/v1/fail/Aborted", "{}", ("If-Match", "\"x\""));
        Assert.That((int)stale.StatusCode, Is.EqualTo(412));
        using var aborted = await app.SendAsync("PUT", "/v1/fail/Aborted", "{}");
        Assert.That((int)aborted.StatusCode, Is.EqualTo(409));
    }

    [Test]
    public async Task A_writer_replaces_body_status_and_headers_of_one_service()
    {
        await using var app = await TestApp.StartAsync(
            grpc: grpc => grpc.AddServiceTranscodingOptions<EchoService>(options => options.ErrorWriter = new PlainWriter()));
        foreach (var (method, path, said) in new[]
        {
            ("GET", "/v1/fail/Aborted", "Aborted as told /transcoding.tests.v1.EchoService/Fail 409"),
            ("GET", "/v1/fail/throw", "Unknown Exception was thrown by handler. /transcoding.tests.v1.EchoService/Fail 500"),
            ("GET", "/v1/echo?x=1", "InvalidArgument x: names no field of transcoding.tests.v1.Kinds. /transcoding.tests.v1.EchoService/Echo 400"),
            ("PUT", "/v1/echo", "Unimplemented This path does not know the method; it knows GET, HEAD, POST.  405"),
        })
        {
            using var response = await app.SendAsync(method, path);
            Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo(said));
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(response.Headers.GetValues("x-failed"), Is.EqualTo(new[] { "yes" }));
        }

        Assert.That(await TextAsync(app, "DELETE", "/v1/books/a?x=1"), Does.StartWith("{\"code\":3"), "other services keep theirs");
    }

    [Test]
    public async Task Routes_can_stand_in_a_group()
    {
        await using var app = await TestApp.StartAsync(map: app => app.MapGroup("/api/{tenant}").MapGrpcService<LibraryService>());
        Assert.That(await TextAsync(app, "GET", "/api/t/v1/books/a%2Fb"), Is.EqualTo("""{"bookId":"a/b"}"""));
        Assert.That(await TextAsync(app, "POST", "/api/t/v1/books/a:archive"), Is.EqualTo("""{"bookId":"a"}"""));
        Assert.That(await TextAsync(app, "GET", "/v1/books/a"), Is.EqualTo("""{"bookId":"a"}"""));
    }

    [Test]
    public async Task Middleware_can_refuse_in_the_form_of_the_service()
    {
        await using var app = await TestApp.StartAsync(map: app => app.Use(next => context =>
            context.GetEndpoint()?.Metadata.GetMetadata<TranscodingRoute>() is { } route
                ? context.WriteTranscodingErrorAsync(route, new Google.Rpc.Status { Code = 16, Message = "who?" })
                : next(context)));
        using var response = await app.SendAsync("GET", "/v1/titles");
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo("""{"code":16,"message":"who?"}"""));
    }

    [Test]
    public async Task A_path_that_middleware_rewrites_counts_as_rewritten()
    {
        await using var app = await TestApp.StartAsync(beforeRouting: app => app.Use((context, next) =>
        {
            context.Request.Path = "/v1/books/b b";
            return next();
        }));
        Assert.That(await TextAsync(app, "GET", "/v1/books/a%2Fa"), Is.EqualTo("""{"bookId":"b b"}"""));
    }

    [Test]
    public async Task A_path_base_is_not_part_of_the_path()
    {
        await using var app = await TestApp.StartAsync(beforeRouting: app => app.UsePathBase("/base"));
        Assert.That(await TextAsync(app, "GET", "/base/v1/books/a%2Fb"), Is.EqualTo("""{"bookId":"a/b"}"""));
    }

    [Test]
    public async Task Conventions_of_the_mapping_apply()
    {
        await using var app = await TestApp.StartAsync(
            map: app => app.MapGroup("/api").MapGrpcService<LibraryService>().RequireHost("somewhere"));
        Assert.That(await TextAsync(app, "GET", "/api/v1/titles"), Does.StartWith("{\"code\":5"));
        using var response = await app.SendAsync("GET", "/api/v1/titles", null, ("Host", "somewhere"));
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Attributes_of_the_service_are_metadata_of_its_endpoints()
    {
        var marks = new List<string>();
        await using var app = await TestApp.StartAsync(map: app => app.Use(next => context =>
        {
            marks.AddRange(context.GetEndpoint()!.Metadata.GetOrderedMetadata<MarkAttribute>().Select(mark => mark.Name));
            return next(context);
        }));
        await TextAsync(app, "DELETE", "/v1/books/a");
        Assert.That(marks, Is.EqualTo(new[] { "service", "method" }));
    }

    [Test]
    public async Task Endpoints_of_the_application_live_beside()
    {
        await using var app = await TestApp.StartAsync(map: app =>
        {
            app.MapMethods("/v1/titles", ["PUT"], context => context.Response.WriteAsync("own"));
            app.Map("/own", context => context.Response.WriteAsync(context.GetEndpoint()!.DisplayName!));
        });
        Assert.That(await TextAsync(app, "PUT", "/v1/titles"), Is.EqualTo("own"));
        Assert.That(await TextAsync(app, "GET", "/v1/titles"), Is.EqualTo("[]"));
        Assert.That(await TextAsync(app, "GET", "/own"), Is.EqualTo("/own"));
    }

    [Test]
    public async Task Middleware_sees_the_route()
    {
        TranscodingRoute? seen = null;
        await using var app = await TestApp.StartAsync(map: app => app.Use(next => context =>
        {
            seen = context.GetEndpoint()?.Metadata.GetMetadata<TranscodingRoute>();
            return next(context);
        }));
        await TextAsync(app, "GET", "/v1/shelves/a/books/b");
        Assert.That(
            (seen?.FullName, seen?.HttpMethod, seen?.Template, seen?.Method.Name),
            Is.EqualTo(("/transcoding.tests.v1.LibraryService/GetBook", "GET", "/v1/{name=shelves/*/books/*}", "GetBook")));
    }

    [Test]
    public async Task A_preflight_finds_the_endpoint_of_the_method_it_asks_for()
    {
        TranscodingRoute? seen = null;
        await using var app = await TestApp.StartAsync(map: app => app.Use(next => context =>
        {
            seen = context.GetEndpoint()?.Metadata.GetMetadata<TranscodingRoute>();
            return next(context);
        }));
        using var response = await app.SendAsync(
            "OPTIONS", "/v1/books/a", null, ("Origin", "https://example.org"), ("Access-Control-Request-Method", "PATCH"));
        Assert.That(seen?.HttpMethod, Is.EqualTo("PATCH"));
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.MethodNotAllowed), "no CORS policy answered it");
        Assert.That(string.Join(", ", response.Content.Headers.Allow), Is.EqualTo("DELETE, GET, HEAD, PATCH, PUT, REPORT"));
    }

    [Test]
    public async Task Metrics_name_the_template_and_not_the_path()
    {
        var seen = new ConcurrentQueue<KeyValuePair<string, object?>>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Name == "http.server.request.duration") self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<double>((_, _, tags, _) =>
        {
            foreach (var tag in tags) seen.Enqueue(tag);
        });
        listener.Start();
        await using (var app = await TestApp.StartAsync()) await TextAsync(app, "GET", "/v1/shelves/a/books/b");
        Assert.That(seen, Does.Contain(KeyValuePair.Create("http.route", (object?)"/v1/{name=shelves/*/books/*}")));
    }

    [Test]
    public async Task Middleware_of_the_platform_applies_to_routes()
    {
        await using var app = await TestApp.StartAsync(
            grpc: grpc => grpc.Services
                .AddRateLimiter(limiter => limiter.AddFixedWindowLimiter("one", window => (window.PermitLimit, window.Window) = (1, TimeSpan.FromHours(1))))
                .AddCors(),
            map: app =>
            {
                app.UseCors(policy => policy.WithOrigins("https://page.example", "https://other.example").WithMethods("GET").WithExposedHeaders("etag"));
                app.UseRateLimiter();
                app.MapGrpcService<FormService>().RequireRateLimiting("one");
            });
        using var first = await app.SendAsync("POST", "/v1/forms", "{}");
        using var second = await app.SendAsync("POST", "/v1/forms", "{}");
        Assert.That(new[] { first.StatusCode, second.StatusCode }, Is.EqualTo(new[] { HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable }));

        using var preflight = await app.SendAsync(
            "OPTIONS", "/v1/books/a", null, ("Origin", "https://page.example"), ("Access-Control-Request-Method", "GET"));
        Assert.That(preflight.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        using var refused = await app.SendAsync("GET", "/v1/books/a?x=1", null, ("Origin", "https://page.example"));
        Assert.That(refused.Headers.GetValues("Access-Control-Allow-Origin"), Is.EqualTo(new[] { "https://page.example" }));
        Assert.That(refused.Headers.Vary, Is.EquivalentTo(new[] { "Accept", "Origin" }), "neither hides the other");
    }

    private static async Task<string> TextAsync(TestApp app, string method, string path, string? body = null)
    {
        using var response = await app.SendAsync(method, path, body);
        return await response.Content.ReadAsStringAsync();
    }

    private sealed class PlainWriter : ITranscodingErrorWriter
    {
        public async Task WriteAsync(TranscodingErrorContext context)
        {
            context.HttpContext.Response.StatusCode = 200;
            context.HttpContext.Response.Headers["x-failed"] = "yes";
            await context.HttpContext.Response.WriteAsync(
                $"{(Grpc.Core.StatusCode)context.Status.Code} {context.Status.Message} {context.Method} {context.HttpStatusCode}");
        }
    }
}
