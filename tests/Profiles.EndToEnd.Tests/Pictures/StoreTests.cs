using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Profiles.EndToEnd.Tests.Harness;

namespace Profiles.EndToEnd.Tests.Pictures;

/// <summary>Where files are is a matter of settings, and can be changed beside a running server.</summary>
internal sealed class StoreTests
{
    [Test]
    public async Task Pictures_move_from_the_database_to_a_folder_and_back_while_they_are_served()
    {
        using var data = new DataFolder();
        var folder = Path.Combine(data.Path, "pictures");
        var settings = data.With(("Pictures__Folder", folder), ("Pictures__PublicBase", "https://pictures.example.com/base/"));
        await using var server = await ServerProcess.StartAsync(settings);
        using var http = new HttpClient { BaseAddress = server.Http };
        using var mint = new TokenMint(await File.ReadAllTextAsync(data.IssuerKey));
        var picture = await UploadAsync(http, mint.Mint("demo", "alice"));
        Assert.That(picture, Does.StartWith("https://pictures.example.com/base/v1/pictures/demo~"));
        var path = picture["https://pictures.example.com/base".Length..];
        var before = await http.GetByteArrayAsync(path);

        var (exit, output, error) = await ServerProgram.RunAsync(settings, "picture", "move", "--to", "folder");
        Assert.That((exit, output), Is.EqualTo((0, "Moved 1 pictures. 0 could not be moved, for a file of theirs is missing.")), error);
        Assert.That(Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(Path.GetFileName), Is.EquivalentTo(new[] { "512.webp", "128.webp", "48.webp" }));
        Assert.That(await http.GetByteArrayAsync(path), Is.EqualTo(before));

        (exit, output, error) = await ServerProgram.RunAsync(settings, "picture", "move", "--to", "database", "--json");
        Assert.That((exit, output), Is.EqualTo((0, """{"moved":1,"incomplete":0}""")), error);
        Assert.That(await http.GetByteArrayAsync(path), Is.EqualTo(before));
        Assert.That(server.Errors(), Is.Empty);
    }

    [Test]
    public async Task New_pictures_go_where_the_setting_says_and_originals_only_where_the_organization_asks()
    {
        using var data = new DataFolder();
        var folder = Path.Combine(data.Path, "pictures");
        var settings = data.With(("Pictures__Store", "folder"), ("Pictures__Folder", folder));
        await using var server = await ServerProcess.StartAsync(settings);
        using var http = new HttpClient { BaseAddress = server.Http };
        using var mint = new TokenMint(await File.ReadAllTextAsync(data.IssuerKey));

        var unkept = await UploadAsync(http, mint.Mint("demo", "alice"));
        Assert.That(Directory.GetFiles(folder, "*", SearchOption.AllDirectories), Has.Length.EqualTo(3));

        using var change = new HttpRequestMessage(HttpMethod.Patch, "/v1/organizations/demo")
        {
            Content = new StringContent("""{"settings":{"pictures":{"keepOriginals":true}}}""", MediaTypeHeaderValue.Parse("application/json")),
        };
        change.Headers.Authorization = new AuthenticationHeaderValue("Bearer", mint.Mint("demo", "operator", "organization.write"));
        using var changed = await http.SendAsync(change);
        Assert.That((int)changed.StatusCode, Is.EqualTo(200));

        var image = PictureTest.CreateImage();
        var kept = await UploadAsync(http, mint.Mint("demo", "bob"), image);
        var original = Directory.GetFiles(folder, "original", SearchOption.AllDirectories).Single();
        Assert.That(await File.ReadAllBytesAsync(original), Is.EqualTo(image));

        var output = Path.Combine(data.Path, "original.jpg");
        var (exit, _, error) = await ServerProgram.RunAsync(settings, "picture", "original", IdIn(kept), "--output", output);
        Assert.That(exit, Is.Zero, error);
        Assert.That(await File.ReadAllBytesAsync(output), Is.EqualTo(image));
        (exit, _, error) = await ServerProgram.RunAsync(settings, "picture", "original", IdIn(kept), "--output", output);
        Assert.That((exit, error), Is.EqualTo((1, error)));
        Assert.That(error, Does.StartWith("--output cannot be written"));
        (exit, _, error) = await ServerProgram.RunAsync(settings, "picture", "original", IdIn(unkept), "--output", $"{output}.none");
        Assert.That((exit, error), Is.EqualTo((1, "There is such a picture, yet the file that was sent was not kept.")));
        Assert.That(File.Exists($"{output}.none"), Is.False);
    }

    [TestCase("Pictures__Store", "somewhere", "Pictures__Store must be")]
    [TestCase("Pictures__Store", "folder", "Pictures__Folder must name one")]
    [TestCase("Pictures__PublicBase", "example.com", "Pictures__PublicBase must be an address")]
    [TestCase("Pictures__Paralel", "2", "Pictures__Paralel is no setting")]
    public async Task A_wrong_setting_is_said_at_the_start(string name, string value, string words)
    {
        using var data = new DataFolder();
        var (exit, _, error) = await ServerProgram.RunAsync(data.With((name, value)), "serve");
        Assert.That((exit, error), Is.EqualTo((1, error)));
        Assert.That(error, Does.Contain(words));
    }

    [Test]
    public async Task Without_libvips_all_else_works()
    {
        using var data = new DataFolder();
        await using var server = await ServerProcess.StartAsync(data.With(("Pictures__LibraryPath", "/nowhere/libvips.so")));
        using var http = new HttpClient { BaseAddress = server.Http };
        using var mint = new TokenMint(await File.ReadAllTextAsync(data.IssuerKey));

        using var refused = await SendAsync(http, mint.Mint("demo", "alice"), PictureTest.CreateImage());

        Assert.That((int)refused.StatusCode, Is.EqualTo(400));
        Assert.That(await refused.Content.ReadAsStringAsync(), Does.Contain("IMAGE_LIBRARY_MISSING"));
    }

    private static string IdIn(string address) => address[(address.LastIndexOf('/') + 1)..];

    private static async Task<string> UploadAsync(HttpClient http, string token, byte[]? image = null)
    {
        using var answer = await SendAsync(http, token, image ?? PictureTest.CreateImage());
        var text = await answer.Content.ReadAsStringAsync();
        Assert.That((int)answer.StatusCode, Is.EqualTo(200), text);
        return JsonNode.Parse(text)!["profile"]!["picture"]!.GetValue<string>();
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient http, string token, byte[] image)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "/v1/users/me/picture") { Content = new ByteArrayContent(image) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await http.SendAsync(request);
    }
}
