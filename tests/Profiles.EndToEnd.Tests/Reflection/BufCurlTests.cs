using System.Text.Json.Nodes;
using Profiles.EndToEnd.Tests.Harness;

namespace Profiles.EndToEnd.Tests.Reflection;

/// <summary><c>buf curl</c> finds out by itself what the server serves, and calls it.</summary>
[TestFixture("grpc")]
[TestFixture("grpcweb")]
internal sealed class BufCurlTests(string protocol) : ProfilesTest
{
    // Reflection is a stream in both directions, which buf sends over HTTP/2 only, whatever the protocol.
    private static string Server => SharedServer.Server.Grpc.ToString().TrimEnd('/');

    [Test]
    public async Task It_lists_the_services() =>
        Assert.That(Lines(await CurlAsync(Server, "--list-services")), Is.EqualTo(ServedContract.Services));

    [Test]
    public async Task It_lists_the_methods() =>
        Assert.That(Lines(await CurlAsync(Server, "--list-methods")), Is.EquivalentTo(ServedContract.Methods));

    [TestCase("grpc-v1")]
    [TestCase("grpc-v1alpha")]
    public async Task It_calls_without_a_schema(string version)
    {
        string[] options = ["--reflect-protocol", version, "-H", $"authorization: Bearer {UserToken}"];
        const string Change = """{"profile":{"givenName":"Alice","gender":"GENDER_FEMALE","attributes":{"tier":"gold"}}}""";

        await CurlAsync($"{Server}/profiles.v1.ProfileService/UpdateMyProfile", [.. options, "-d", Change]);
        var read = await CurlAsync($"{Server}/profiles.v1.ProfileService/GetMyProfile", options);

        var profile = JsonNode.Parse(read)!["profile"]!;
        Assert.That(profile["givenName"]!.GetValue<string>(), Is.EqualTo("Alice"));
        Assert.That(profile["gender"]!.GetValue<string>(), Is.EqualTo("GENDER_FEMALE"));
        Assert.That(profile["attributes"]!["tier"]!.GetValue<string>(), Is.EqualTo("gold"));
    }

    [Test]
    public async Task It_reads_the_details_of_an_error()
    {
        const int InvalidArgument = 3;

        var (exitCode, _, error) = await RunAsync(
            $"{Server}/profiles.v1.ProfileService/UpdateMyProfile",
            "-H", $"authorization: Bearer {UserToken}", "-d", """{"profile":{"currency":"gold"}}""");

        Assert.That(exitCode, Is.EqualTo(InvalidArgument << 3), error);
        Assert.That(error, Does.Contain("profile.currency"));
    }

    [Test]
    public async Task It_asks_for_health_without_a_token()
    {
        var answer = await CurlAsync($"{Server}/grpc.health.v1.Health/Check", "-d", """{"service":"profiles.v1.ProfileService"}""");

        Assert.That(JsonNode.Parse(answer)!["status"]!.GetValue<string>(), Is.EqualTo("SERVING"));
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private async Task<string> CurlAsync(string url, params string[] options)
    {
        var (exitCode, output, error) = await RunAsync(url, options);
        Assert.That(exitCode, Is.Zero, error);
        return output;
    }

    private Task<(int ExitCode, string Output, string Error)> RunAsync(string url, params string[] options) =>
        Tool.RunBufAsync(["curl", "--protocol", protocol, "--http2-prior-knowledge", .. options, url]);
}
