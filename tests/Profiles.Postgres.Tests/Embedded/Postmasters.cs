using System.Globalization;
using Profiles.Postgres.Embedded;

namespace Profiles.Postgres.Tests.Embedded;

/// <summary>Looks at the postmasters of this machine, without asking the code under test.</summary>
internal static class Postmasters
{
    /// <summary>The processes of every postmaster that runs on a cluster below a folder.</summary>
    public static async Task<int[]> BelowAsync(string folder)
    {
        var all = await Tool.RunAsync("ps", ["-ww", "-eo", "pid=,ppid=,args="], user: null, CancellationToken.None);
        var command = $"postgres -D {folder}";
        var found = all.Output.Split('\n').Where(line => line.Contains(command, StringComparison.Ordinal)).ToDictionary(line => Column(line, 0), line => Column(line, 1));
        // A process that a postmaster has just begun still bears its command line.
        return [.. found.Where(process => !found.ContainsKey(process.Value)).Select(process => process.Key)];
    }

    /// <summary>The user that a process runs as, and its session.</summary>
    public static async Task<(string User, int Session)> DescribeAsync(int processId)
    {
        var one = await Tool.RunAsync("ps", ["-o", "user:32=,sid=", "-p", $"{processId}"], user: null, CancellationToken.None);
        var columns = one.Output.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return (columns[0], int.Parse(columns[1], CultureInfo.InvariantCulture));
    }

    private static int Column(string line, int number) =>
        int.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[number], CultureInfo.InvariantCulture);
}
