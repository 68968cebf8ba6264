using Profiles.Benchmarks.Floors;
using Profiles.Benchmarks.Measuring;
using Profiles.Benchmarks.Suites;
using static Profiles.Benchmarks.Reports.MarkdownTable;

namespace Profiles.Benchmarks.Reports;

/// <summary>The report of <c>make bench</c>, for docs/performance.md.</summary>
internal sealed class ServerReport(string setting, IReadOnlyList<Figures> figures, DenylistFigures denylist)
{
    private int Whole => figures[0].Callers;

    public string Format() => string.Join(
        '\n',
        $"{setting}{(PgBench.Find() is null ? " There is no pgbench on this machine." : string.Empty)}\n",
        new Aims(figures, denylist).Format(),
        $"{Whole} callers:\n",
        FormatWhole(),
        FormatOthers(),
        "Changes of usernames, with few and many denied names:\n",
        FormatDenylist());

    public string Chart()
    {
        var chart = new BarChart($"Requests a second, {Whole} callers", "higher is better", "requests/s");
        foreach (var one in figures.Where(one => one.Callers == Whole))
            chart.Add($"{one.Protocol} {one.Operation}", one.Rate);
        return chart.Render();
    }

    private string FormatWhole()
    {
        var table = FiguresTable.Create("over", "operation");
        foreach (var one in figures.Where(one => one.Callers == Whole))
            table.Add([one.Protocol, one.Operation, .. FiguresTable.Cells(one)]);
        return table.ToString();
    }

    private string FormatOthers()
    {
        if (figures.All(one => one.Callers == Whole))
            return string.Empty;
        var table = FiguresTable.Create("over", "operation", "callers");
        foreach (var one in figures
            .Where(one => one.Callers != Whole)
            .OrderBy(one => one.Protocol, StringComparer.Ordinal)
            .ThenBy(one => one.Operation, StringComparer.Ordinal)
            .ThenBy(one => one.Callers))
        {
            table.Add([one.Protocol, one.Operation, Number(one.Callers), .. FiguresTable.Cells(one)]);
        }

        return $"Other numbers of callers:\n\n{table}";
    }

    private string FormatDenylist()
    {
        var table = FiguresTable.Create("denied names", "callers");
        foreach (var one in denylist.WithFew)
            table.Add([Number(denylist.Few), Number(one.Callers), .. FiguresTable.Cells(one)]);
        foreach (var one in denylist.WithMany)
            table.Add([Number(denylist.Many), Number(one.Callers), .. FiguresTable.Cells(one)]);
        table.Add(["while they are replaced", Number(denylist.Beside.Callers), .. FiguresTable.Cells(denylist.Beside)]);
        return $"{table}\n{Number(denylist.Many)} names in the place of {Number(denylist.Few)}: "
            + $"{Number(denylist.Alone.TotalSeconds, 1)} s alone, {Number(denylist.Replacing.TotalSeconds, 1)} s while "
            + $"{Number(denylist.Beside.Callers)} callers change usernames. The slowest change meanwhile: "
            + $"{Number(denylist.Beside.Slowest)} ms.\n";
    }
}
