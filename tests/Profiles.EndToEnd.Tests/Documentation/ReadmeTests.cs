using System.Diagnostics;
using System.Text.RegularExpressions;
using Profiles.EndToEnd.Tests.Harness;

namespace Profiles.EndToEnd.Tests.Documentation;

/// <summary>The README's examples work as they stand there, but for the addresses and the build's configuration.</summary>
internal sealed partial class ReadmeTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private const int MatchTimeoutMilliseconds = 5_000;

    private static string Readme => File.ReadAllText(Path.Combine(ServerProgram.Top, "README.md"));

    [Test]
    public async Task The_calls_for_a_shell_work_as_pasted()
    {
        var blocks = Blocks("sh").Where(block => block.Contains("curl ") || block.StartsWith("export TOKEN=", StringComparison.Ordinal));
        var script = CurlAtLineStart().Replace(string.Join('\n', blocks), "curl --silent --show-error --fail-with-body ");

        var output = await RunAsync("bash", "-euo", "pipefail", "-c", Localize(script));

        Assert.That(output, Does.Contain("\"givenName\":\"Alice\"").And.Contain("\"displayName\":\"Bob\"").And.Contain("\"givenName\": \"Alice\""));
    }

    [Test]
    public async Task The_calls_that_the_server_prints_work_as_pasted()
    {
        using var data = new DataFolder();
        await using var server = await ServerProcess.StartAsync(data.Settings, "serve", "--examples");
        var lines = await server.WaitForOutputAsync("ProfileService/SetProfile");
        var script = string.Join('\n', lines.Where(line => IsCommand(line)));

        var output = await RunAsync("bash", "-euo", "pipefail", "-c", CurlAtLineStart().Replace(script, "curl --silent --fail-with-body "));

        Assert.That(output, Does.Contain("\"givenName\":\"Alice\"").And.Contain("\"nickname\": \"Bob\""));
    }

    [Test]
    public async Task The_program_in_csharp_works_as_saved()
    {
        var program = Write("hello.cs", Blocks("csharp").Single().Replace("#:project src/", "#:project ../../src/"));
        var token = SharedServer.Mint.Mint(await SharedServer.NewOrganizationAsync(), "alice");

        var output = await RunAsync("dotnet", "run", program, token);

        Assert.That(output, Does.Contain("Al, revision 1"));
    }

    [Test]
    public async Task The_program_in_javascript_works()
    {
        var program = Write("client.cjs", Localize(Blocks("js").Single()));
        await RunAsync("bash", "-euo", "pipefail", "-c", Localize(string.Join('\n', Blocks("sh").Where(block => block.Contains("-X PATCH")))));

        var output = await RunAsync("node", program);

        Assert.That(output, Does.Contain("givenName: 'Alice'"));
    }

    [Test]
    public async Task The_program_for_web_pages_works()
    {
        var program = Write("page.mjs", Localize(Blocks("mjs").Single()));
        await RunAsync("bash", "-euo", "pipefail", "-c", Blocks("sh").Single(block => block.Contains("buf build")));

        var output = await RunAsync("node", program);

        Assert.That(output, Does.Match("Alice, revision [0-9]+"));
    }

    private static bool IsCommand(string line) =>
        line.StartsWith("TOKEN=", StringComparison.Ordinal)
        || line.StartsWith("KEY=", StringComparison.Ordinal)
        || line.StartsWith("curl ", StringComparison.Ordinal)
        || line.StartsWith("npx ", StringComparison.Ordinal);

    private static IEnumerable<string> Blocks(string language) =>
        Block().Matches(Readme).Where(match => match.Groups["language"].Value == language).Select(match => match.Groups["text"].Value);

    private static string Localize(string text) =>
        text.Replace("http://127.0.0.1:8080", SharedServer.Server.Http.ToString().TrimEnd('/'))
            .Replace("127.0.0.1:8081", SharedServer.Server.Grpc.Authority)
            .Replace("/bin/Release/", $"/bin/{ServerProgram.Configuration}/");

    private static string Write(string name, string text)
    {
        var folder = Directory.CreateDirectory(Path.Combine(ServerProgram.Top, "artifacts", "readme"));
        var path = Path.Combine(folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = ServerProgram.Top,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["PROFILES_DATA"] = SharedServer.Data.Path;
        start.Environment["PROFILES_GRPC"] = SharedServer.Server.Grpc.ToString();
        start.Environment["TOKEN"] = SharedServer.Mint.Mint("demo", "alice");
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(Patience);
        Assert.That(process.ExitCode, Is.Zero, $"{await output}\n{await error}");
        return await output;
    }

    [GeneratedRegex("^```(?<language>[a-z]+)\n(?<text>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline, MatchTimeoutMilliseconds)]
    private static partial Regex Block();

    [GeneratedRegex("^curl ", RegexOptions.Multiline, MatchTimeoutMilliseconds)]
    private static partial Regex CurlAtLineStart();
}
