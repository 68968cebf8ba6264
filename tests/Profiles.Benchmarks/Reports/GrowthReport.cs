using Profiles.Benchmarks.Suites;
using static Profiles.Benchmarks.Reports.MarkdownTable;

namespace Profiles.Benchmarks.Reports;

/// <summary>The report of <c>make bench-growth</c>.</summary>
internal sealed class GrowthReport(string setting, IReadOnlyList<GrowthStep> steps)
{
    private const double Megabyte = 1024 * 1024;

    public string Format() => $"{setting}\n\n{FormatFigures()}\n{FormatMemory()}";

    public string Chart()
    {
        var chart = new BarChart("CPU of a request while the database grows", "milliseconds, lower is better", "server", "PostgreSQL");
        for (var i = 0; i < steps[0].Figures.Count; i++)
        {
            foreach (var step in steps)
                chart.Add($"{step.Figures[i].Operation}: {step.State}", step.Figures[i].ServerCpu, step.Figures[i].PostgresCpu);
        }

        return chart.Render("N3");
    }

    private string FormatFigures()
    {
        var table = new MarkdownTable(
            ["operation", "database"],
            "requests/s", "p50 ms", "p99 ms", "server CPU ms", "PostgreSQL CPU ms", "CPU to the smallest", "round trips", "WAL bytes");
        for (var i = 0; i < steps[0].Figures.Count; i++)
        {
            foreach (var one in steps.Select(step => (step.State, Figures: step.Figures[i])))
            {
                table.Add(
                    one.Figures.Operation,
                    one.State,
                    Number(one.Figures.Rate),
                    Number(one.Figures.Median, 2),
                    Number(one.Figures.P99, 2),
                    Number(one.Figures.ServerCpu, 4),
                    Number(one.Figures.PostgresCpu, 4),
                    Number(one.Figures.Cpu / steps[0].Figures[i].Cpu, 2),
                    Number(one.Figures.RoundTrips, 2),
                    Number(one.Figures.WalBytes));
            }
        }

        return table.ToString();
    }

    private string FormatMemory()
    {
        var table = new MarkdownTable(["database"], "server MB before", "server MB after");
        foreach (var step in steps)
            table.Add(step.State, Number(step.MemoryBefore / Megabyte), Number(step.MemoryAfter / Megabyte));
        return table.ToString();
    }
}
