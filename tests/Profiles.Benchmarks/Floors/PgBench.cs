using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Profiles.Benchmarks.Load;

namespace Profiles.Benchmarks.Floors;

/// <summary>PostgreSQL's own load generator, with the update of <see cref="PlainSql"/>: what the database does when nothing is around it.</summary>
internal sealed class PgBench(string program, string connectionString, int users)
{
    /// <summary>Finds the program beside PostgreSQL's others; null when there is none, as among those that npm fetches.</summary>
    public static string? Find() => Folders()
        .Select(folder => Path.Combine(folder, "pgbench"))
        .FirstOrDefault(File.Exists);

    /// <summary>Runs it.</summary>
    public async Task<LoadResult> RunAsync(int clients, TimeSpan duration)
    {
        var folder = Directory.CreateTempSubdirectory("profiles-pgbench-");
        try
        {
            var script = Path.Combine(folder.FullName, "update.sql");
            await File.WriteAllTextAsync(script, PlainSql.Script(users));
            using var process = Process.Start(Start(folder.FullName, script, clients, duration))!;
            var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync();
            if (process.ExitCode != 0)
                throw new InvalidOperationException($"pgbench failed: {await error}{await output}");
            return new LoadResult(duration, ReadLatencies(folder));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private ProcessStartInfo Start(string folder, string script, int clients, TimeSpan duration)
    {
        var connection = new NpgsqlConnectionStringBuilder(connectionString);
        string[] arguments =
        [
            "-M", "prepared", "-n", "-f", script, "-c", Text(clients), "-j", Text(Math.Min(clients, 2)), "-T", Text((int)duration.TotalSeconds),
            "-l", "-h", connection.Host!, "-U", connection.Username!, connection.Database!,
        ];
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.Environment["PGPASSWORD"] = connection.Password;
        return start;
    }

    // Lines of: client, transaction, microseconds, …
    private static float[] ReadLatencies(DirectoryInfo folder)
    {
        var latencies = new List<float>();
        foreach (var log in folder.EnumerateFiles("pgbench_log.*"))
        {
            foreach (var line in File.ReadLines(log.FullName))
                latencies.Add(float.Parse(line.Split(' ')[2], CultureInfo.InvariantCulture) / 1000);
        }

        latencies.Sort();
        return [.. latencies];
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static IEnumerable<string> Folders()
    {
        var named = Environment.GetEnvironmentVariable("PROFILES_POSTGRES_BIN");
        if (!string.IsNullOrEmpty(named))
            yield return named;
        foreach (var folder in (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator))
            yield return folder;
        if (!Directory.Exists("/usr/lib/postgresql"))
            yield break;
        foreach (var version in Directory.EnumerateDirectories("/usr/lib/postgresql").OrderDescending())
            yield return Path.Combine(version, "bin");
    }
}
