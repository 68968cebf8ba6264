using System.Net;
using System.Text.Json.Nodes;
using Profiles.EndToEnd.Tests.Harness;
using Profiles.EndToEnd.Tests.Reflection;
using Profiles.V1;

namespace Profiles.EndToEnd.Tests.OpenApi;

/// <summary>The real server's document says what it does, to everybody, unless it is switched off.</summary>
internal sealed class OpenApiTests : ProfilesTest
{
    private const string DocumentPath = "/openapi/v1.json";

    private static IEnumerable<RpcExample> Examples => EveryRpc.Examples;

    // Streams of requests have no route.
    private static IEnumerable<TestCaseData> Methods =>
        from service in ServedContract.Own
        from method in service.Methods
        where !method.IsClientStreaming
        select new TestCaseData(service.Name, method.Name);

    private JsonObject document = null!;

    [SetUp]
    public async Task ReadDocumentAsync() => document = JsonNode.Parse(await Http.GetStringAsync(DocumentPath))!.AsObject();

    [Test]
    public async Task Validators_find_nothing_in_it_nor_in_what_the_server_answers()
    {
        var samples = new JsonArray();
        foreach (var example in Examples.OrderBy(example => example.HttpMethod == "DELETE").Prepend(EveryRpc.Find("SetProfile")))
        {
            var answer = await RestAsync(example.HttpMethod, example.Path, Everything(), example.Body);
            Assert.That(answer.Status, Is.EqualTo(200), $"{example}: {answer.Json}");
            samples.Add(Sample(SchemaOf(example.Rpc), answer.Json!));
        }

        samples.Add(Sample("google.rpc.Status", (await RestAsync("GET", MyProfile, string.Empty)).Json!));
        samples.Add(Sample("rfc9457.Problem", (await RestAsync("GET", MyProfile, string.Empty, json: null, ("Accept", "application/problem+json"))).Json!));

        Assert.That(await CheckAsync(samples), Is.Empty);
    }

    [TestCaseSource(nameof(Methods))]
    public void Every_call_says_what_it_needs(string service, string rpc)
    {
        var method = ServedContract.Own.Single(own => own.Name == service).FindMethodByName(rpc);
        var access = method.GetOptions().GetExtension(AccessExtensions.Access);
        var need = access switch
        {
            { HasPermission: true } => $"the permission `{access.Permission}`",
            { OwnRecord: true } => "that user's own record",
            { Everybody: true } => "everybody, without a credential",
            _ => "any credential",
        };
        var roles = access.HasPermission ? $"[\"{access.Permission}\"]" : "[]";
        var application = $$"""{"appKey":{{roles}},"nonce":[],"timestamp":[],"signature":[]}""";
        var security = $$"""[{"token":{{roles}}},{"apiKey":{{roles}}}{{(access.OwnRecord ? "" : $",{application}")}}]""";
        foreach (var operation in OperationsOf(rpc, service))
        {
            Assert.That((string?)operation["description"], Does.Contain(need));
            if (access.Everybody)
            {
                Assert.That((operation["security"], operation["responses"]!["401"]), Is.EqualTo(((object?)null, (object?)null)));
                continue;
            }

            Assert.That(operation["security"]!.ToJsonString(), Is.EqualTo(security));
            Assert.That(operation["responses"]!.AsObject().Select(response => response.Key), Is.SupersetOf((string[])["200", "401", "403", "429", "default"]));
        }
    }

    [Test]
    public void Every_kind_of_credential_is_described()
    {
        var schemes = document["components"]!["securitySchemes"]!.AsObject();
        var kinds = schemes.Select(scheme => $"{scheme.Key}: {scheme.Value!["type"]} {scheme.Value["scheme"]}{scheme.Value["in"]} {scheme.Value["name"]}".TrimEnd());

        Assert.That(kinds, Is.EquivalentTo((string[])
        [
            "token: http bearer", "apiKey: apiKey header x-api-key", "appKey: apiKey header app-key", "nonce: apiKey header nonce",
            "timestamp: apiKey header timestamp", "signature: apiKey header signature",
        ]));
        Assert.That(schemes.Select(scheme => (string?)scheme.Value!["description"]), Is.All.Not.Empty);
    }

    [TestCase("GetMyProfile", "If-None-Match")]
    [TestCase("GetProfile", "If-None-Match")]
    [TestCase("UpdateMyProfile", "If-Match,Idempotency-Key")]
    [TestCase("SetProfile", "If-Match,Idempotency-Key")]
    [TestCase("DeleteProfile", "If-Match,Idempotency-Key")]
    [TestCase("BatchSetProfiles", "")]
    [TestCase("ListProfiles", "")]
    public void Headers_are_parameters(string rpc, string names)
    {
        foreach (var operation in OperationsOf(rpc))
        {
            var headers = (operation["parameters"]?.AsArray() ?? []).Where(parameter => (string?)parameter!["in"] == "header");
            Assert.That(string.Join(',', headers.Select(header => (string?)header!["name"])), Is.EqualTo(names));
        }
    }

    [TestCase("GetMyProfile", true)]
    [TestCase("SetProfile", true)]
    [TestCase("DeleteProfile", false)]
    [TestCase("ListProfiles", false)]
    public void An_etag_is_announced_where_there_is_one(string rpc, bool expected) =>
        Assert.That(OperationsOf(rpc).Select(operation => operation["responses"]!["200"]!["headers"]?["ETag"] is not null), Is.All.EqualTo(expected));

    [TestCase("SetMyPicture")]
    [TestCase("SetPicture")]
    public void A_picture_is_sent_as_it_is_or_in_a_form(string rpc)
    {
        var body = OperationsOf(rpc, "PictureService").Single()["requestBody"]!["content"]!.AsObject();
        var form = body["multipart/form-data"]!["schema"]!;

        Assert.That(body.Select(media => media.Key), Is.EqualTo((string[])["*/*", "multipart/form-data"]));
        Assert.That(form["properties"]!.AsObject().Select(property => property.Key), Is.SupersetOf((string[])["image", "crop", "croppedImage", "etag", "imageSha256", "croppedImageSha256"]));
        Assert.That(form["required"]!.ToJsonString(), Is.EqualTo("""["image"]"""));
    }

    [TestCase("SetMyPicture")]
    [TestCase("SetPicture")]
    public void What_a_picture_has_to_be_is_a_parameter_or_a_header(string rpc)
    {
        var parameters = OperationsOf(rpc, "PictureService").Single()["parameters"]!.AsArray();

        Assert.That(
            parameters.Select(parameter => $"{parameter!["in"]} {parameter["name"]}"),
            Is.SupersetOf((string[])["query imageSha256", "query croppedImageSha256", "header Content-Digest"]));
    }

    [Test]
    public void A_picture_may_be_elsewhere()
    {
        foreach (var operation in OperationsOf("GetPicture", "PictureService"))
        {
            Assert.That(operation["responses"]!.AsObject().Select(response => response.Key), Is.SupersetOf((string[])["200", "304", "307"]));
            Assert.That(operation["responses"]!["307"]!["headers"]!["Location"], Is.Not.Null);
        }
    }

    [Test]
    public void Everything_is_described()
    {
        var operations = Operations.Where(operation => operation["summary"] is null).Select(operation => (string?)operation["operationId"]);
        var fields = from schema in document["components"]!["schemas"]!.AsObject()
                     where schema.Key.StartsWith("profiles.", StringComparison.Ordinal)
                     from property in schema.Value!["properties"]?.AsObject() ?? []
                     where property.Value!["description"] is null
                     select $"{schema.Key}.{property.Key}";

        Assert.That(operations, Is.Empty);
        Assert.That(fields, Is.Empty);
        Assert.That(document["tags"]!.AsArray().Select(tag => (string?)tag!["description"]), Is.All.Not.Null);
    }

    [Test]
    public async Task The_page_is_there_for_everybody()
    {
        using var page = await Http.GetAsync("/docs");
        var script = await Http.GetStringAsync("/docs/index.js");

        Assert.That(page.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await page.Content.ReadAsStringAsync(), Does.Contain("<title>Profiles</title>").And.Not.Contain("://"));
        Assert.That(page.Headers.GetValues("Content-Security-Policy").Single(), Does.Contain("default-src 'none'").And.Contain("frame-ancestors 'none'"));
        Assert.That(script, Does.Contain($"..{DocumentPath}"));
    }

    [Test]
    public async Task It_can_be_switched_off()
    {
        using var data = new DataFolder();
        await using var server = await ServerProcess.StartAsync(data.With(("PROFILES_OPENAPI", "off")));
        using var http = new HttpClient { BaseAddress = server.Http };

        foreach (var path in (string[])[DocumentPath, "/docs", "/docs/index.html", "/docs/swagger-ui.css"])
        {
            using var response = await http.GetAsync(path);
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound), path);
        }
    }

    private IEnumerable<JsonObject> Operations =>
        document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()).Select(operation => operation.Value!.AsObject());

    private List<JsonObject> OperationsOf(string rpc, string service = "ProfileService")
    {
        var found = Operations.Where(operation => ((string)operation["operationId"]!).TrimEnd('2') == $"{service}_{rpc}").ToList();
        Assert.That(found, Is.Not.Empty);
        return found;
    }

    private string SchemaOf(string rpc)
    {
        var schema = OperationsOf(rpc)[0]["responses"]!["200"]!["content"]!["application/json"]!["schema"]!;
        return ((string)schema["$ref"]!)["#/components/schemas/".Length..];
    }

    private string Everything() => SharedServer.Mint.Mint(Organization, "alice", "profiles.read", "profiles.write");

    private static JsonObject Sample(string schema, JsonNode value) => new() { ["schema"] = schema, ["value"] = value.DeepClone() };

    private async Task<string> CheckAsync(JsonArray samples)
    {
        var input = new JsonObject { ["document"] = document.DeepClone(), ["samples"] = samples };
        var (_, output, error) = await Tool.RunAsync("node", ["tests/Profiles.OpenApi.Tests/check-document.mjs"], input.ToJsonString());
        return $"{output}{error}".Trim();
    }
}
