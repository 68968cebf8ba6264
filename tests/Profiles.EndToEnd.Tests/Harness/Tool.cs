using System.Diagnostics;

namespace Profiles.EndToEnd.Tests.Harness;

/// <summary>Programs of other makers, run in the project's top folder.</summary>
internal static class Tool
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Runs a command of <c>buf</c> to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunBufAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("npx", ["--no-install", "buf", .. arguments])
        {
            WorkingDirectory = ServerProgram.Top,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(Patience);
        return (process.ExitCode, await output, await error);
    }
}
