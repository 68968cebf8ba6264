using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Profiles.Benchmarks.Load;

namespace Profiles.Benchmarks.Floors;

/// <summary>PostgreSQL's own load generator: what the database does when nothing is around it.</summary>
internal sealed class PgBench(string program, string connectionString)
{
    // Connections are made and statements prepared meanwhile.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    /// <summary>Finds the program beside PostgreSQL's others; null when there is none, as among those that npm fetches.</summary>
    public static string? Find() => Folders()
        .Select(folder => Path.Combine(folder, "pgbench"))
        .FirstOrDefault(File.Exists);

    /// <summary>The lines of a script that choose one of so many users, and a value.</summary>
    public static string Choice(int users) => string.Create(
        CultureInfo.InvariantCulture, $"\\set user random(0, {users - 1})\n\\set value random(0, 999999999)\n");

    /// <summary>Runs a script.</summary>
    /// <param name="script">The script.</param>
    /// <param name="clients">How many run it at once.</param>
    /// <param name="measured">What they did counts until this task, begun when all have warmed up, is over.</param>
    /// <param name="longest">How long that takes at most.</param>
    public async Task<LoadResult> RunAsync(string script, int clients, Func<Task> measured, TimeSpan longest)
    {
        var folder = Directory.CreateTempSubdirectory("profiles-pgbench-");
        try
        {
            var file = Path.Combine(folder.FullName, "script.sql");
            await File.WriteAllTextAsync(file, script);
            using var process = Process.Start(Start(folder.FullName, file, clients, WarmUp + longest + Rest))!;
            var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await Task.Delay(WarmUp, TimeProvider.System);
            var from = TimeProvider.System.GetUtcNow();
            await measured();
            var to = TimeProvider.System.GetUtcNow();
            await process.WaitForExitAsync();
            if (process.ExitCode != 0)
                throw new InvalidOperationException($"pgbench failed: {await error}{await output}");
            return new LoadResult(to - from, ReadLatencies(folder, from, to));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private ProcessStartInfo Start(string folder, string file, int clients, TimeSpan duration)
    {
        var connection = new NpgsqlConnectionStringBuilder(connectionString);
        string[] arguments =
        [
            "-M", "prepared", "-n", "-f", file, "-c", Text(clients), "-j", Text(Math.Min(clients, 2)), "-T", Text((int)Math.Ceiling(duration.TotalSeconds)),
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
        // As the server's connections have it.
        start.Environment["PGOPTIONS"] = "-c plan_cache_mode=force_generic_plan";
        return start;
    }

    // Lines of: client, transaction, microseconds, script, and when it ended in seconds and microseconds.
    private static float[] ReadLatencies(DirectoryInfo folder, DateTimeOffset from, DateTimeOffset to)
    {
        var latencies = new List<float>();
        foreach (var log in folder.EnumerateFiles("pgbench_log.*"))
        {
            foreach (var line in File.ReadLines(log.FullName))
            {
                var parts = line.Split(' ');
                var ended = DateTimeOffset.FromUnixTimeSeconds(Integer(parts[4])).AddMicroseconds(Integer(parts[5]));
                if (ended >= from && ended < to)
                    latencies.Add(Integer(parts[2]) / 1000f);
            }
        }

        latencies.Sort();
        return [.. latencies];
    }

    private static long Integer(string text) => long.Parse(text, CultureInfo.InvariantCulture);

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
