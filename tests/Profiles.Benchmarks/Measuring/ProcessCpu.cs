using System.Globalization;

namespace Profiles.Benchmarks.Measuring;

/// <summary>The CPU time of processes, from <c>/proc</c>. NaN where there is none.</summary>
internal static class ProcessCpu
{
    // CLK_TCK, which is 100 on every Linux of today.
    private const double MillisecondsPerTick = 10;

    // Places after the name in parentheses, which may hold anything.
    private const int Parent = 1, User = 11, System = 12, ChildrenUser = 13, ChildrenSystem = 14;

    /// <summary>Milliseconds of a process.</summary>
    public static double Of(int process) => Ticks(process, withEnded: false) * MillisecondsPerTick;

    /// <summary>Milliseconds of a process and all that it has started, those that have ended included.</summary>
    public static double OfFamily(int process)
    {
        var ticks = Ticks(process, withEnded: true);
        foreach (var child in Children(process))
            ticks += Ticks(child, withEnded: true) is var own && double.IsNaN(own) ? 0 : own;
        return ticks * MillisecondsPerTick;
    }

    /// <summary>The process that has started another one.</summary>
    public static int ParentOf(int process) =>
        Read(process) is { } fields ? int.Parse(fields[Parent], CultureInfo.InvariantCulture) : 0;

    private static IEnumerable<int> Children(int process)
    {
        if (!Directory.Exists("/proc"))
            yield break;
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var other) && ParentOf(other) == process)
                yield return other;
        }
    }

    private static double Ticks(int process, bool withEnded)
    {
        if (Read(process) is not { } fields)
            return double.NaN;
        var own = Number(User) + Number(System);
        return withEnded ? own + Number(ChildrenUser) + Number(ChildrenSystem) : own;

        double Number(int place) => double.Parse(fields[place], CultureInfo.InvariantCulture);
    }

    private static string[]? Read(int process)
    {
        try
        {
            var text = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/stat"));
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            // It has ended, or there is no /proc.
            return null;
        }
    }
}
