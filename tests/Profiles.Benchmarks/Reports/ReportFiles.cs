using System.Globalization;
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
            $"Measured on {TimeProvider.System.GetUtcNow():yyyy-MM-dd}, on {cores} that load, server and PostgreSQL {bed.PostgresVersion} "
            + $"share, {RuntimeInformation.FrameworkDescription}; {options.Duration.TotalSeconds:0} s for each figure, {load}.");
    }

    public static async Task WriteAsync(string name, string markdown, string chart)
    {
        await Console.Out.WriteLineAsync(markdown);
        await File.WriteAllTextAsync(Path.Combine(Folder, $"{name}.md"), markdown);
        await File.WriteAllTextAsync(Path.Combine(Folder, $"{name}.svg"), chart);
        await Console.Error.WriteLineAsync($"Written: artifacts/benchmarks/{name}.md and {name}.svg");
    }
}
