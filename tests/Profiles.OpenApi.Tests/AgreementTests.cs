using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Profiles.OpenApi.Tests.Support;

namespace Profiles.OpenApi.Tests;

/// <summary>The server takes everything that its document says it takes.</summary>
internal sealed class AgreementTests
{
    private TestApp app = null!;
    private ServedDocumentText document = null!;
    private Samples samples = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        app = await TestApp.StartAsync();
        document = await app.GetDocumentAsync();
        samples = new Samples(document);
    }

    [OneTimeTearDown]
    public ValueTask StopAsync() => app.DisposeAsync();

    [Test]
    public async Task Every_parameter_of_a_query_is_taken()
    {
        var tried = 0;
        foreach (var (method, path, operation) in document.Operations)
        {
            var query = Parameters(operation, "query").ToList();
            foreach (var parameter in query)
            {
                var sent = query.Where(other => other == parameter || (bool?)other["required"] == true).Select(Pair);
                await AcceptAsync(method, $"{Fill(path, operation)}?{string.Join('&', sent)}", JsonBody(operation));
                tried++;
            }
        }

        Assert.That(tried, Is.GreaterThan(60));
    }

    [TestCase("application/json")]
    [TestCase("application/octet-stream")]
    [TestCase("*/*")]
    [TestCase("application/x-www-form-urlencoded")]
    [TestCase("multipart/form-data")]
    public async Task Every_body_is_taken(string type)
    {
        var tried = 0;
        foreach (var (method, path, operation) in document.Operations)
        {
            if (operation["requestBody"]?["content"]?[type] is not { } media)
                continue;
            using var body = Body(type, media);
            await AcceptAsync(method, $"{Fill(path, operation)}?{string.Join('&', Required(operation))}", body);
            tried++;
        }

        Assert.That(tried, Is.Positive);
    }

    [Test]
    public async Task What_is_required_by_the_path_is_all_that_is_needed()
    {
        foreach (var (method, path, operation) in document.Operations.Where(found => found.Operation["requestBody"] is null))
            await AcceptAsync(method, $"{Fill(path, operation)}?{string.Join('&', Required(operation))}", content: null);
    }

    private static IEnumerable<JsonNode> Parameters(JsonObject operation, string place) =>
        (operation["parameters"]?.AsArray() ?? []).Select(parameter => parameter!).Where(parameter => (string?)parameter["in"] == place);

    private IEnumerable<string> Required(JsonObject operation) =>
        Parameters(operation, "query").Where(parameter => (bool?)parameter["required"] == true).Select(Pair);

    private string Pair(JsonNode parameter) => $"{parameter["name"]}={Uri.EscapeDataString(ValueOf(parameter))}";

    // The paths of this mask must be there in a picture, or in a field of every kind: an empty mask always fits.
    private string ValueOf(JsonNode parameter) => (string?)parameter["name"] == "updateMask" ? string.Empty : Text(samples.Of(parameter["schema"]!));

    private static string Text(JsonNode? value) => value switch
    {
        JsonArray list => Text(list[0]),
        null => string.Empty,
        _ when value.GetValueKind() == JsonValueKind.True => "true",
        _ => value.ToString(),
    };

    private string Fill(string path, JsonObject operation) =>
        Parameters(operation, "path").Aggregate(path, (filled, parameter) => filled.Replace($"{{{parameter["name"]}}}", ValueOf(parameter)));

    private StringContent? JsonBody(JsonObject operation) =>
        operation["requestBody"]?["content"]?["application/json"] is { } media ? Json(samples.Of(media["schema"]!)) : null;

    private HttpContent Body(string type, JsonNode media) => type switch
    {
        "application/json" => Json(samples.Of(media["schema"]!)),
        "application/x-www-form-urlencoded" => new FormUrlEncodedContent(
            Samples.Together(media["schema"]!.AsObject()).Select(field => KeyValuePair.Create(field.Key, Text(samples.Of(field.Value!))))),
        "multipart/form-data" => Multipart(media),
        _ => new ByteArrayContent([1, 2, 3]) { Headers = { ContentType = new(type == "*/*" ? "image/png" : type) } },
    };

    private MultipartFormDataContent Multipart(JsonNode media)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, schema) in Samples.Together(media["schema"]!.AsObject()))
        {
            if ((string?)media["encoding"]?[name]?["contentType"] == "application/json")
                form.Add(Json(samples.Of(schema!)), name);
            else if ((string?)(schema!["items"] ?? schema)["format"] == "binary")
                form.Add(new ByteArrayContent([1, 2, 3]), name, "picture.png");
            else
                form.Add(new StringContent(Text(samples.Of(schema!))), name);
        }

        return form;
    }

    private static StringContent Json(JsonNode? value) => new(value?.ToJsonString() ?? "null", Encoding.UTF8, "application/json");

    private async Task AcceptAsync(string method, string url, HttpContent? content)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method.ToUpperInvariant()), url) { Content = content };
        using var response = await app.Http.SendAsync(request);
        var sent = content is null ? "" : await content.ReadAsStringAsync();
        Assert.That(response.IsSuccessStatusCode, Is.True, $"{method} {url}\n{sent}\n{await response.Content.ReadAsStringAsync()}");
    }
}
