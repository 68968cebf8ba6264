using System.Diagnostics;

namespace Profiles.Transcoding.Tests.Support;

/// <summary>The project's folder, with the programs of other makers that tests run from there.</summary>
internal static class Repository
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    public static string Top { get; } = FindTop();

    /// <summary>What another project of the tests built in this configuration.</summary>
    public static string Built(string project) => Path.Combine(Top, "tests", project, "bin", Output.Parent!.Name, Output.Name, project);

    // …/tests/<project>/bin/<configuration>/net10.0
    private static DirectoryInfo Output => new(AppContext.BaseDirectory);

    /// <summary>Runs a program to its end, from the top folder.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(string input, string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Top,
            // Programs that were built here find the runtime that runs this test.
            Environment = { ["DOTNET_ROOT"] = Path.GetFullPath("../../..", System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory()) },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync().WaitAsync(s_patience);
        return (process.ExitCode, await output, await error);
    }

    private static string FindTop()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Profiles.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("These tests run in the project's folder.");
        return folder.FullName;
    }
}
