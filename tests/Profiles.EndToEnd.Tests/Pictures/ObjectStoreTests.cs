using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Grpc.Net.Client;
using Profiles.EndToEnd.Tests.Harness;
using Profiles.V1;

namespace Profiles.EndToEnd.Tests.Pictures;

/// <summary>Pictures in an object store: signed requests, signed addresses, and moving there and back.</summary>
internal sealed class ObjectStoreTests
{
    [Test]
    public async Task Readers_are_sent_to_the_store_by_an_address_that_is_good_for_a_while()
    {
        await using var store = await ObjectStore.StartAsync();
        using var data = new DataFolder();
        await using var server = await ServerProcess.StartAsync(data.With(Settings(store, ("Pictures__Store", "s3"))));
        using var handler = new HttpClientHandler { AllowAutoRedirect = false };
        using var http = new HttpClient(handler) { BaseAddress = server.Http };
        using var mint = new TokenMint(await File.ReadAllTextAsync(data.IssuerKey));
        var picture = await UploadAsync(http, mint.Mint("demo", "alice"));
        Assert.That(store.Objects.Select(found => (found.Key[(found.Key.LastIndexOf('/') + 1)..], found.Value.Type)), Is.EquivalentTo(
            new[] { ("512.webp", "image/webp"), ("128.webp", "image/webp"), ("48.webp", "image/webp") }));

        Assert.That(store.Objects.Select(found => found.Value.Content.Length), Is.All.GreaterThan(500));

        using var sent = await http.GetAsync($"{picture}/128");
        Assert.That(((int)sent.StatusCode, sent.Headers.CacheControl!.ToString()), Is.EqualTo((307, "public, max-age=300")));
        var content = await http.GetByteArrayAsync(sent.Headers.Location);
        Assert.That(content, Has.Length.GreaterThan(500));
        using var channel = GrpcChannel.ForAddress(server.Grpc);
        var overGrpc = await new PictureService.PictureServiceClient(channel.CreateCallInvoker()).GetPictureAsync(
            new GetPictureRequest { PictureId = picture[(picture.LastIndexOf('/') + 1)..], Size = 128 });
        Assert.That(overGrpc.Image.Data.ToByteArray(), Is.EqualTo(content));

        using var forged = await http.GetAsync(sent.Headers.Location!.AbsoluteUri.Replace("128.webp", "512.webp", StringComparison.Ordinal));
        Assert.That((int)forged.StatusCode, Is.EqualTo(403));
        Assert.That(store.Refusals, Has.Count.EqualTo(1));
        Assert.That(server.Errors(), Is.Empty);
    }

    [Test]
    public async Task Pictures_move_there_and_back_and_are_served_without_redirects_where_that_is_switched_off()
    {
        await using var store = await ObjectStore.StartAsync();
        using var data = new DataFolder();
        var settings = data.With(Settings(store, ("Pictures__S3__Redirect", "off")));
        await using var server = await ServerProcess.StartAsync(settings);
        using var http = new HttpClient { BaseAddress = server.Http };
        using var mint = new TokenMint(await File.ReadAllTextAsync(data.IssuerKey));
        var picture = await UploadAsync(http, mint.Mint("demo", "alice"));
        var before = await http.GetByteArrayAsync(picture);
        Assert.That(store.Objects, Is.Empty);

        foreach (var (place, files) in ((string, int)[])[("s3", 3), ("database", 3)])
        {
            var (exit, output, error) = await ServerProgram.RunAsync(settings, "picture", "move", "--to", place, "--json");
            Assert.That((exit, output), Is.EqualTo((0, """{"moved":1,"incomplete":0}""")), error);
            Assert.That(store.Objects, Has.Count.EqualTo(files));
            Assert.That(store.Objects.Select(found => found.Value.Content.Length), Is.All.GreaterThan(500));
            Assert.That(await http.GetByteArrayAsync(picture), Is.EqualTo(before));
        }

        Assert.That(store.Refusals, Is.Empty);
    }

    [Test]
    public async Task A_store_that_refuses_the_key_is_not_there_for_callers()
    {
        await using var store = await ObjectStore.StartAsync();
        using var data = new DataFolder();
        await using var server = await ServerProcess.StartAsync(data.With(Settings(
            store, ("Pictures__Store", "s3"), ("Pictures__S3__SecretKey", "another"))));
        using var http = new HttpClient { BaseAddress = server.Http };
        using var mint = new TokenMint(await File.ReadAllTextAsync(data.IssuerKey));

        using var answer = await SendAsync(http, mint.Mint("demo", "alice"));

        Assert.That((int)answer.StatusCode, Is.EqualTo(503));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("STORAGE_UNAVAILABLE").And.Not.Contain(ObjectStore.AccessKey));
    }

    private static (string Name, string Value)[] Settings(ObjectStore store, params (string Name, string Value)[] more) =>
    [
        ("Pictures__S3__Endpoint", store.Address),
        ("Pictures__S3__Bucket", ObjectStore.Bucket),
        ("Pictures__S3__Region", ObjectStore.Region),
        ("Pictures__S3__AccessKey", ObjectStore.AccessKey),
        ("Pictures__S3__SecretKey", ObjectStore.SecretKey),
        .. more,
    ];

    private static async Task<string> UploadAsync(HttpClient http, string token)
    {
        using var answer = await SendAsync(http, token);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.That((int)answer.StatusCode, Is.EqualTo(200), text);
        return JsonNode.Parse(text)!["profile"]!["picture"]!.GetValue<string>();
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient http, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "/v1/users/me/picture") { Content = new ByteArrayContent(PictureTest.CreateImage()) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await http.SendAsync(request);
    }
}
