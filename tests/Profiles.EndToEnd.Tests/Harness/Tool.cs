using System.Diagnostics;

namespace Profiles.EndToEnd.Tests.Harness;

/// <summary>Programs of other makers, run in the project's top folder.</summary>
internal static class Tool
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Runs a command of <c>buf</c> to its end.</summary>
    public static Task<(int ExitCode, string Output, string Error)> RunBufAsync(params string[] arguments) =>
        RunAsync("npx", ["--no-install", "buf", .. arguments]);

    /// <summary>Runs a program to its end, with a text as its input.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(string program, string[] arguments, string input = "")
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = ServerProgram.Top,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync().WaitAsync(Patience);
        return (process.ExitCode, await output, await error);
    }
}
