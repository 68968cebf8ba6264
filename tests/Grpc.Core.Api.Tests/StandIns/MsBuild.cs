using System.Diagnostics;

namespace Grpc.Core.Api.Tests.StandIns;

/// <summary>Asks MSBuild about this repository. It writes to a folder of the caller's only.</summary>
internal static class MsBuild
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);

    public static string Root { get; } = FindRoot(new DirectoryInfo(AppContext.BaseDirectory));

    public static async Task Run(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["msbuild", "-nodeReuse:false", "-verbosity:quiet", .. arguments])
        {
            WorkingDirectory = Root,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // A test runner that MSBuild started hands its own settings on.
        foreach (var name in start.Environment.Keys.Where(IsSetByMsBuild).ToList())
            start.Environment.Remove(name);

        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(s_limit);
        try
        {
            var output = await Task.WhenAll(
                process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
            await process.WaitForExitAsync(limit.Token);
            Assert.That(process.ExitCode, Is.Zero, string.Concat(output));
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    private static bool IsSetByMsBuild(string name) => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase);

    private static string FindRoot(DirectoryInfo? folder) =>
        folder is null ? throw new DirectoryNotFoundException("There is no Profiles.sln above the tests.")
        : File.Exists(Path.Combine(folder.FullName, "Profiles.sln")) ? folder.FullName
        : FindRoot(folder.Parent);
}
