using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using OpenApi.Tests.V1;
using Profiles.OpenApi.Tests.Support;
using Profiles.Transcoding;

namespace Profiles.OpenApi.Tests;

/// <summary>What a host can say, and what the options of a service change.</summary>
internal sealed class OptionTests
{
    private const string Exchange = "/v1/exchange";

    [Test]
    public async Task A_document_has_the_title_version_and_servers_of_its_host()
    {
        await using var app = await TestApp.StartAsync(options =>
        {
            options.Title = "Pictures";
            options.Version = "2.1";
            options.Description = "All of *them*.";
            options.Servers.Add("https://pictures.example.com");
            options.TagOf = service => service.FullName;
            options.ConfigureDocument(document => document["x-audience"] = "everybody");
        });

        var document = await app.GetDocumentAsync();

        Assert.That((string?)document.Json["openapi"], Does.StartWith("3.1."));
        JsonAssert.Same(document.Json["info"], """{"title":"Pictures","version":"2.1","description":"All of *them*."}""");
        JsonAssert.Same(document.Json["servers"], """[{"url":"https://pictures.example.com"}]""");
        Assert.That((string?)document.Json["tags"]![0]!["name"], Is.EqualTo("openapi.tests.v1.GalleryService"));
        Assert.That((string?)document.Json["x-audience"], Is.EqualTo("everybody"));
    }

    [Test]
    public async Task A_host_adds_security_headers_and_answers()
    {
        await using var app = await TestApp.StartAsync(options =>
        {
            options.SecuritySchemes["key"] = new JsonObject { ["type"] = "apiKey", ["in"] = "header", ["name"] = "x-key" };
            options.SecuritySchemes["token"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer" };
            options.ConfigureOperation(Configure);
        });

        var document = await app.GetDocumentAsync();
        var operation = document.Operation("get", "/v1/everyKind");

        JsonAssert.Same(operation["security"], """[{"token":["read","all"]},{"key":[]},{"key":["read"],"token":[]}]""");
        JsonAssert.Same(
            operation["parameters"]!.AsArray()[^1],
            """{"name":"If-None-Match","in":"header","description":"Known etags.","schema":{"type":"string"}}""");
        JsonAssert.Same(operation["responses"]!["200"]!["headers"], """{"ETag":{"description":"Of the picture.","schema":{"type":"string"}}}""");
        JsonAssert.Same(operation["responses"]!["304"], """{"description":"Nothing new."}""");
        Assert.That((string?)operation["responses"]!["404"]!["content"]!["application/json"]!["schema"]!["$ref"], Does.EndWith("google.rpc.Status"));
        Assert.That(operation["responses"]!.AsObject().Select(member => member.Key), Is.EqualTo((string[])["200", "304", "400", "404", "default"]));
        Assert.That((string?)operation["description"], Is.EqualTo("For readers."));
        Assert.That(await Node.CheckAsync(document.Json), Is.Empty);
    }

    [Test]
    public async Task A_host_hides_operations()
    {
        await using var app = await TestApp.StartAsync(options => options.Include = route => route.HttpMethod == "DELETE");

        var document = await app.GetDocumentAsync();

        Assert.That(document.Operations.Select(found => found.Method).Distinct(), Is.EqualTo((string[])["delete"]));
        Assert.That(document.Schemas.Select(schema => schema.Key), Is.EqualTo((string[])["google.rpc.Status", "google.rpc.Status.Detail", "openapi.tests.v1.Color", "rfc9457.Problem"]));
        Assert.That(document.Text, Does.Not.Contain("Secret").And.Not.Contain("/v1/secret"));
    }

    [Test]
    public async Task Two_documents_share_the_routes_out()
    {
        await using var app = await TestApp.StartAsync(
            options => options.Include = route => route.Method.Service.Name == "GalleryService",
            map: built => built.MapOpenApiDocument("/openapi/exchange.json", options => options.Include = route => route.Method.Service.Name == "ExchangeService"));

        var (first, second) = (await app.GetDocumentAsync(), await app.GetDocumentAsync("/openapi/exchange.json"));

        Assert.That(first.Operations.Select(found => found.Path), Has.No.Member(Exchange).And.Member("/v1/pictures"));
        Assert.That(second.Operations.Select(found => found.Path), Is.EqualTo((string[])[Exchange, "/v1/exchange/{exchangeId}"]));
        Assert.That(second.Text, Does.Not.Contain("description\":\"A text."), "It was given no comments.");
    }

    [Test]
    public async Task A_group_of_routes_puts_its_prefix_before_the_paths()
    {
        await using var app = await TestApp.StartAsync(
            options => options.Include = route => route.Method.Service.Name == "SecretService",
            map: built => built.MapGroup("/internal/{tenant}").MapGrpcService<Services.SecretService>());

        var document = await app.GetDocumentAsync();

        Assert.That(document.Paths.Select(path => path.Key), Is.EquivalentTo((string[])["/v1/secret", "/internal/{tenant}/v1/secret"]));
        Assert.That(await Node.CheckAsync(document.Json), Is.Empty);
    }

    [Test]
    public async Task A_service_that_is_mapped_twice_is_described_once()
    {
        await using var app = await TestApp.StartAsync(map: built => built.MapGrpcService<Services.ExchangeService>().RequireHost("other.example.com"));

        var document = await app.GetDocumentAsync();

        Assert.That(document.Operations.Count(found => found.Path == Exchange), Is.EqualTo(1));
        Assert.That(app.Logs.Of(3100).Where(text => text.Contains("Exchange")), Is.Empty);
    }

    [TestCase(0, "pageSize,colors,orderBy,orderByColor")]
    [TestCase(1, "pageSize,colors,filter.since,filter.owner,orderBy,orderByColor")]
    public async Task A_query_is_listed_as_deep_as_the_host_likes(int depth, string names)
    {
        await using var app = await TestApp.StartAsync(options => options.MaxQueryDepth = depth);

        var parameters = (await app.GetDocumentAsync()).Operation("get", "/v1/pictures")["parameters"]!.AsArray();

        Assert.That(string.Join(',', parameters.Select(parameter => (string?)parameter!["name"])), Is.EqualTo(names));
    }

    [Test]
    public async Task Names_and_enums_are_those_that_the_service_writes()
    {
        await using var app = await TestApp.StartAsync(grpc: services => services.AddServiceTranscodingOptions<Services.ExchangeService>(options =>
        {
            options.UseProtoFieldNames = true;
            options.WriteEnumsAsNumbers = true;
        }));

        var document = await app.GetDocumentAsync();
        var other = document.Schema("EveryKind.ProtoNames.EnumNumbers");

        Assert.That(document.Schema("EveryKind")["properties"]!.AsObject().ContainsKey("int32Value"), Is.True);
        Assert.That(other["properties"]!.AsObject().ContainsKey("int32_value"), Is.True);
        JsonAssert.Same(other["required"], """["required_text"]""");
        JsonAssert.Same(other["not"]!["anyOf"]![0], """{"required":["first","second"]}""");
        JsonAssert.Same(
            document.Schema("Color.EnumNumbers"),
            """
            {
              "type": "integer",
              "description": "Colors.\n\n- 0 `COLOR_UNSPECIFIED`\n- 1 `COLOR_RED`: Like blood.\n- 2 `COLOR_GREEN`: Like grass, or like leaves.",
              "enum": [0, 1, 2]
            }
            """);
        JsonAssert.Same(
            document.Operation("delete", "/v1/exchange/{exchange_id}")["parameters"]![1],
            """{"name":"by_color","in":"query","schema":{"$ref":"#/components/schemas/openapi.tests.v1.Color.EnumNumbers"}}""");
        Assert.That(document.Schemas["google.rpc.Status.Detail.ProtoNames"]!["properties"]!.AsObject().ContainsKey("field_violations"), Is.True);
        Assert.That(await Node.CheckAsync(document.Json), Is.Empty);
    }

    [Test]
    public async Task Limits_and_answers_are_those_of_the_service()
    {
        await using var app = await TestApp.StartAsync(grpc: services => services.AddServiceTranscodingOptions<Services.ExchangeService>(options =>
        {
            options.MaxRequestBodySize = 1_234;
            options.MaxRequestHeadersSize = 5_678;
            options.MaxDepth = 7;
            options.MaxElements = 89;
            options.AcceptForms = false;
            options.NoContentForEmpty = true;
            options.ErrorWriter = new Silence();
        }));

        var document = await app.GetDocumentAsync();
        var exchange = document.Operation("post", Exchange);

        Assert.That(
            (string?)exchange["requestBody"]!["description"],
            Is.EqualTo("A field of every kind.\n\nAt most 1,234 bytes.\n\nJSON may be 7 levels deep and have 89 properties and elements."));
        Assert.That(exchange["requestBody"]!["content"]!.AsObject().Select(media => media.Key), Is.EqualTo((string[])["application/json"]));
        JsonAssert.Same(exchange["responses"]!["413"], """{"description":"The body has more than 1,234 bytes."}""");
        JsonAssert.Same(exchange["responses"]!["431"], """{"description":"The headers have more than 5,678 bytes."}""");
        JsonAssert.Same(document.Operation("delete", "/v1/exchange/{exchangeId}")["responses"]!["204"], """{"description":"Success."}""");
        Assert.That(await Node.CheckAsync(document.Json), Is.Empty);
    }

    [Test]
    public void Comments_are_sought_where_there_are_some()
    {
        var error = Assert.Throws<ArgumentException>(() => new OpenApiOptions().AddDescriptorSet(typeof(string).Assembly))!;

        Assert.That(error.Message, Does.Contain("System.Private.CoreLib").And.Contain(OpenApiOptions.DescriptorSetResource));
    }

    private static void Configure(OpenApiOperation operation)
    {
        if (operation.Route.Method.InputType != EveryKind.Descriptor || operation.Route.HttpMethod != "GET")
            return;
        operation.Json.Remove("description");
        operation.Describe("For readers.");
        operation.RequireSecurity("token", "read", "all");
        operation.RequireSecurity("key");
        operation.RequireSecurity(["key", "token"], "read");
        operation.AddRequestHeader("If-None-Match", "Known etags.");
        operation.AddResponseHeader("ETag", "Of the picture.");
        operation.AddResponse(304, "Nothing new.");
        operation.AddError(404, "There is none.");
    }

    private sealed class Silence : ITranscodingErrorWriter
    {
        public Task WriteAsync(TranscodingErrorContext context) => Task.CompletedTask;
    }
}
