using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Profiles.Benchmarks.Reports;

/// <summary>Where reports go: to the output, and below <c>artifacts/benchmarks</c>.</summary>
internal static class ReportFiles
{
    private static readonly string[] Cores = ["no cores", "1 core", "2 cores"];

    /// <summary>The folder, made when absent.</summary>
    public static string Folder => Directory.CreateDirectory(Path.Combine("artifacts", "benchmarks")).FullName;

    /// <summary>When, on what and how it was measured.</summary>
    public static string Setting(TestBed bed, Options options, string load)
    {
        var cores = Environment.ProcessorCount < Cores.Length
            ? Cores[Environment.ProcessorCount]
            : string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} cores");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Measured on {TimeProvider.System.GetUtcNow():yyyy-MM-dd}{Commit()}, on {cores}{Processor()} that load, server and PostgreSQL "
            + $"{bed.PostgresVersion} share, {RuntimeInformation.FrameworkDescription}; {options.Duration.TotalSeconds:0} s for each figure, {load}.");
    }

    // The build puts it behind the version, where there is a repository.
    private static string Commit() =>
        typeof(ReportFiles).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+') is [_, var commit]
            ? $" at commit {commit[..Math.Min(commit.Length, 12)]}"
            : string.Empty;

    // Not every kernel names it.
    private static string Processor() =>
        File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) is { } line
            ? $" ({line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()})"
            : string.Empty;

    public static async Task WriteAsync(string name, string markdown, string chart)
    {
        await Console.Out.WriteLineAsync(markdown);
        await File.WriteAllTextAsync(Path.Combine(Folder, $"{name}.md"), markdown);
        await File.WriteAllTextAsync(Path.Combine(Folder, $"{name}.svg"), chart);
        await Console.Error.WriteLineAsync($"Written: artifacts/benchmarks/{name}.md and {name}.svg");
    }
}
