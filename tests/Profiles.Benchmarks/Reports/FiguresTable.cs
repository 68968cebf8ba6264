using Profiles.Benchmarks.Measuring;
using static Profiles.Benchmarks.Reports.MarkdownTable;

namespace Profiles.Benchmarks.Reports;

/// <summary>The columns of figures, which docs/performance.md explains.</summary>
internal static class FiguresTable
{
    public static MarkdownTable Create(params IReadOnlyList<string> texts) => new(
        texts, "requests/s", "p50 ms", "p99 ms", "server CPU ms", "PostgreSQL CPU ms", "round trips", "KB allocated", "WAL bytes", "load CPU ms");

    public static string[] Cells(Figures figures) =>
    [
        Number(figures.Rate),
        Number(figures.Median, 2),
        Number(figures.P99, 2),
        Number(figures.ServerCpu, 4),
        Number(figures.PostgresCpu, 4),
        Number(figures.RoundTrips, 2),
        Number(figures.AllocatedBytes / 1024, 1),
        Number(figures.WalBytes),
        Number(figures.GeneratorCpu, 4),
    ];
}
