using Profiles.Benchmarks.Load;
using Profiles.Benchmarks.Measuring;
using Profiles.Benchmarks.Suites;
using static Profiles.Benchmarks.Reports.MarkdownTable;

namespace Profiles.Benchmarks.Reports;

/// <summary>The report of <c>make bench-growth</c>: each load in a row, each state of the database in a column.</summary>
internal sealed class GrowthReport(string setting, IReadOnlyList<GrowthStep> steps)
{
    private const double Megabyte = 1024 * 1024;

    public string Format() => string.Join(
        '\n',
        $"{setting}\n",
        "CPU of a request in ms, of server and PostgreSQL together:\n",
        Format(one => Number(one.Cpu, 4)),
        "The same as a multiple of that with the smallest database:\n",
        Format((one, i) => Number(one.Cpu / steps[0].Figures[i].Cpu, 2)),
        "Requests a second:\n",
        Format(one => Number(one.Rate)),
        "p50 and p99 in ms:\n",
        Format(one => $"{Number(one.Median, 2)}, {Number(one.P99, 2)}"),
        "WAL bytes of a request:\n",
        Format(one => Number(one.WalBytes)),
        "The server's memory in MB:\n",
        FormatMemory());

    public string Chart()
    {
        var chart = new BarChart(
            "CPU of a request over gRPC while the database grows", "milliseconds, lower is better", "server", "PostgreSQL");
        for (var i = 0; i < steps[0].Figures.Count; i++)
        {
            foreach (var (state, one) in steps.Select(step => (step.State, step.Figures[i])))
            {
                if (one.Protocol == Names.Of(Protocol.Grpc))
                    chart.Add($"{one.Operation}: {state}", one.ServerCpu, one.PostgresCpu);
            }
        }

        return chart.Render("N3");
    }

    private string Format(Func<Figures, string> cell) => Format((one, _) => cell(one));

    private string Format(Func<Figures, int, string> cell)
    {
        var table = new MarkdownTable(["operation", "over"], [.. steps.Select(step => step.State)]);
        for (var i = 0; i < steps[0].Figures.Count; i++)
        {
            var load = steps[0].Figures[i];
            table.Add([load.Operation, load.Protocol, .. steps.Select(step => cell(step.Figures[i], i))]);
        }

        return table.ToString();
    }

    private string FormatMemory()
    {
        var table = new MarkdownTable([string.Empty], [.. steps.Select(step => step.State)]);
        table.Add(["before the loads", .. steps.Select(step => Number(step.MemoryBefore / Megabyte))]);
        table.Add(["after them", .. steps.Select(step => Number(step.MemoryAfter / Megabyte))]);
        return table.ToString();
    }
}
