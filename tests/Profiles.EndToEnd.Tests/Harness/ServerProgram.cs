using System.Diagnostics;
using Profiles.Pictures.Tests;

namespace Profiles.EndToEnd.Tests.Harness;

/// <summary>The server's program as it was built beside these tests.</summary>
internal static class ServerProgram
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>The project's top folder.</summary>
    public static string Top { get; } = FindTop();

    /// <summary>The configuration that was built, Release or Debug.</summary>
    public static string Configuration => Output.Parent!.Name;

    private static string Program =>
        Path.Combine(Top, "src", "Profiles.Server", "bin", Configuration, Output.Name, "Profiles.Server.dll");

    // …/tests/<project>/bin/<configuration>/net10.0
    private static DirectoryInfo Output => new(AppContext.BaseDirectory);

    /// <summary>A process that is not started yet, with its output redirected and none of this process's settings.</summary>
    public static Process CreateProcess(IReadOnlyDictionary<string, string> settings, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. arguments])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        if (LibvipsFile.Path is { } libvips)
            start.Environment["Pictures__LibraryPath"] = libvips;
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        return new Process { StartInfo = start, EnableRaisingEvents = true };
    }

    /// <summary>Runs a command of the server's command line to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(
        IReadOnlyDictionary<string, string> settings, params string[] arguments)
    {
        using var process = CreateProcess(settings, arguments);
        process.Start();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(Patience);
        return (process.ExitCode, (await output).Trim(), (await error).Trim());
    }

    private static string FindTop()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Profiles.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("These tests run in the project's folder.");
        return folder.FullName;
    }
}
