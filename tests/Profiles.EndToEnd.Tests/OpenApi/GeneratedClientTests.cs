using System.Text.Json.Nodes;
using Profiles.EndToEnd.Tests.Harness;
using Profiles.EndToEnd.Tests.Pictures;

namespace Profiles.EndToEnd.Tests.OpenApi;

/// <summary>A client in TypeScript, generated from the server's document, compiles and makes calls.</summary>
internal sealed class GeneratedClientTests : ProfilesTest
{
    private const string UserId = "a:b@c-d._";

    [Test]
    public async Task It_compiles_and_makes_calls()
    {
        var program = await CompileAsync();
        var image = Path.ChangeExtension(program, "jpg");
        await File.WriteAllBytesAsync(image, PictureTest.CreateImage());
        var lines = await RunAsync("node", program, SharedServer.Server.Http.ToString().TrimEnd('/'), UserToken, ServerToken, image);
        var seen = lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!).ToList();

        Assert.That(
            seen.Select(call => $"{call["call"]} {call["status"]}"),
            Is.EqualTo((string[])[
                "write 200", "retry 200", "read 200", "read again 304", "clear 200", "write stale 412", "write wrong 400", "stranger 401",
                "problem 401", "set 200", "get 200", "batch 200", "list 200", "upload 200", "picture 200", "delete 200"]));
        CheckOwnRecord(name => Content(seen, name));
        CheckFailures(name => Content(seen, name));
        CheckOthers(name => Content(seen, name));
    }

    private static void CheckOwnRecord(Func<string, JsonNode?> content)
    {
        Assert.That((string?)content("write")!["sequence"], Is.EqualTo("1"));
        Assert.That((string?)content("retry"), Is.EqualTo("1"));
        Assert.That((string?)content("read")!["name"], Is.EqualTo("Alice"));
        Assert.That((string?)content("read")!["gender"], Is.EqualTo("GENDER_FEMALE"));
        Assert.That((string?)content("read")!["tier"], Is.EqualTo("gold"));
        Assert.That(DateTimeOffset.TryParse((string?)content("read")!["created"], System.Globalization.CultureInfo.InvariantCulture, out _), Is.True);
        Assert.That(content("read again"), Is.Null);
        Assert.That(content("clear")!.ToJsonString(), Is.EqualTo("""{"name":null,"attributes":null}"""));
    }

    private static void CheckFailures(Func<string, JsonNode?> content)
    {
        Assert.That((string?)content("write stale"), Is.EqualTo("STALE_ETAG"));
        Assert.That(content("write wrong")!.ToJsonString(), Is.EqualTo("""["profile.currency"]"""));
        Assert.That((string?)content("stranger"), Is.EqualTo("CREDENTIAL_MISSING"));
        Assert.That((string?)content("problem"), Is.EqualTo("UNAUTHENTICATED"));
    }

    private static void CheckOthers(Func<string, JsonNode?> content)
    {
        Assert.That(content("set")!.ToJsonString(), Is.EqualTo("""{"level":7,"unchanged":false}"""));
        Assert.That((string?)content("get"), Is.EqualTo(UserId));
        Assert.That(content("batch")!.ToJsonString(), Is.EqualTo("""{"found":1,"missing":["nobody"]}"""));
        Assert.That(content("list")!.ToJsonString(), Is.EqualTo($$"""{"first":"{{UserId}}","more":true}"""));
        Assert.That((bool?)content("upload"), Is.True);
        Assert.That((string?)content("picture"), Is.EqualTo("image/webp"));
        Assert.That((string?)content("delete"), Is.EqualTo("2"));
    }

    private static JsonNode? Content(List<JsonNode> seen, string call) => seen.Single(found => (string?)found["call"] == call)["content"];

    // Below the top folder, where Node.js finds the packages.
    private async Task<string> CompileAsync()
    {
        var folder = Directory.CreateDirectory(Path.Combine(ServerProgram.Top, "artifacts", "openapi")).FullName;
        var client = Path.Combine(folder, "client.mts");
        File.Copy(Path.Combine(ServerProgram.Top, "tests", "Profiles.EndToEnd.Tests", "OpenApi", "client.mts"), client, overwrite: true);
        await File.WriteAllTextAsync(Path.Combine(folder, "v1.json"), await Http.GetStringAsync("/openapi/v1.json"));
        await RunAsync("npx", "--no-install", "openapi-typescript", Path.Combine(folder, "v1.json"), "--output", Path.Combine(folder, "schema.mts"));
        await RunAsync(
            "npx", "--no-install", "tsc", "--strict", "--noUncheckedIndexedAccess", "--noEmitOnError",
            "--target", "es2022", "--module", "nodenext", "--types", "node", "--outDir", folder, client);
        return Path.Combine(folder, "client.mjs");
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        var (exitCode, output, error) = await Tool.RunAsync(program, arguments);
        Assert.That(exitCode, Is.Zero, $"{program} {string.Join(' ', arguments)}\n{output}\n{error}");
        return output;
    }
}
