using System.Text.Json.Nodes;
using Profiles.EndToEnd.Tests.Harness;
using Profiles.V1;

namespace Profiles.EndToEnd.Tests.Dialects;

/// <summary>Each dialect has an OpenAPI document of its own, which says what the server does.</summary>
internal sealed class DialectDocumentTests : DialectTest
{
    private static readonly string[] Names = ["epixel", "hivemp", "m2", "nexconn", "zitadel"];

    private JsonObject document = null!;

    [TestCaseSource(nameof(Names))]
    public async Task Everything_is_described_and_has_a_kind_of_credential(string name)
    {
        await ReadAsync(name);

        foreach (var (path, method, operation) in Operations)
        {
            Assert.That((string?)operation["summary"], Is.Not.Null.And.Not.Empty, $"{method} {path}");
            Assert.That(operation["security"] is null, Is.EqualTo(path.EndsWith("/healthz", StringComparison.Ordinal)), $"{method} {path}");
            Assert.That(operation["responses"]!["default"]!["content"]!["application/json"], Is.Not.Null);
        }

        var bare = from schema in document["components"]!["schemas"]!.AsObject()
                   from property in schema.Value!["properties"]?.AsObject() ?? []
                   where !schema.Key.StartsWith("google.", StringComparison.Ordinal) && property.Value!["description"] is null
                   select $"{schema.Key}.{property.Key}";
        Assert.That(bare, Is.Empty);
    }

    [TestCaseSource(nameof(Names))]
    public async Task Validators_find_nothing_in_it_nor_in_what_the_server_answers(string name)
    {
        await ReadAsync(name);
        await SetAsync(new Profile { GivenName = "A", Email = "a@b.example" });
        var key = await CreateKeyAsync(ApiKeyType.Session, "alice");
        var samples = new JsonArray();
        foreach (var (path, _, operation) in Operations.Where(operation => operation.Method == "get"))
        {
            var target = path == "/v1/profile" ? $"{path}?id=alice" : path;
            var good = await RestAsync("GET", target, name == "zitadel" ? UserToken : string.Empty, json: null, ("apikey", key), ("x-api-key", key));
            Assert.That(good.Status, Is.EqualTo(200), $"{target}: {good.Json}");
            samples.Add(Sample(operation["responses"]!["200"]!, good.Json!));
            var bad = await RestAsync("GET", target, "nonsense");
            if (bad.Status != 200)
                samples.Add(Sample(operation["responses"]!["default"]!, bad.Json!));
        }

        var input = new JsonObject { ["document"] = document.DeepClone(), ["samples"] = samples };
        var (_, output, error) = await Tool.RunAsync("node", ["tests/Profiles.OpenApi.Tests/check-document.mjs"], input.ToJsonString());
        Assert.That($"{output}{error}".Trim(), Is.Empty);
    }

    [Test]
    public async Task Our_own_document_has_none_of_it_and_the_page_shows_all()
    {
        await ReadAsync("v1");

        var script = await Http.GetStringAsync("/docs/index.js");

        Assert.That(Operations.Select(operation => operation.Path), Has.None.StartsWith("/auth").And.None.StartsWith("/api").And.None.EqualTo("/v1/profile"));
        foreach (var name in Names)
            Assert.That(script, Does.Contain($"/openapi/{name}.json"));
    }

    private IEnumerable<(string Path, string Method, JsonObject Operation)> Operations =>
        from path in document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        select (path.Key, operation.Key, operation.Value!.AsObject());

    private static JsonObject Sample(JsonNode response, JsonNode value)
    {
        var reference = (string)response["content"]!["application/json"]!["schema"]!["$ref"]!;
        return new() { ["schema"] = reference["#/components/schemas/".Length..], ["value"] = value.DeepClone() };
    }

    private new async Task ReadAsync(string name) => document = JsonNode.Parse(await Http.GetStringAsync($"/openapi/{name}.json"))!.AsObject();
}
