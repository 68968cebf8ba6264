using Profiles.Benchmarks.Load;
using Profiles.Benchmarks.Measuring;
using Profiles.Benchmarks.Suites;
using static Profiles.Benchmarks.Reports.MarkdownTable;

namespace Profiles.Benchmarks.Reports;

/// <summary>The aims of the house beside what was measured. They hold for 64 callers, and for nobody else's machine but in ratios.</summary>
internal sealed class Aims(IReadOnlyList<Figures> figures, DenylistFigures denylist)
{
    private const int Callers = 64;

    private readonly MarkdownTable table = new(["aim"], "wanted", "measured");

    public string Format()
    {
        Rate("gRPC", Operations.Set, 12_000);
        Rate("REST", Operations.Set, 10_000);
        Rate("gRPC", Operations.Read, 20_000);
        Rate("REST", Operations.Read, 16_000);
        var slowest = figures.Where(one => one.Callers == Callers && IsOfServer(one) && IsSetOrRead(one)).Select(one => one.P99);
        table.Add("p99 of sets and reads", "< 20 ms", $"{Number(slowest.DefaultIfEmpty(double.NaN).Max(), 1)} ms");
        Ratio("sets, gRPC to pgbench", "≥ 1.5", "gRPC", Names.PgBench, Operations.Set, Operations.Set, one => one.Rate);
        Ratio("reads, gRPC to the empty call", "≥ 0.6", "gRPC", Names.Floor, Operations.Read, Operations.Empty, one => one.Rate);
        Ratio("the same by Grpc.Net.Client", "≥ 0.6", Names.Of(Protocol.GrpcClient), Names.FloorByClient, Operations.Read, Operations.Empty, one => one.Rate);
        Ratio("server CPU of a set, REST to gRPC", "≤ 1.3", "REST", "gRPC", Operations.Set, Operations.Set, one => one.ServerCpu);
        Ratio("server CPU of a read, REST to gRPC", "≤ 1.3", "REST", "gRPC", Operations.Read, Operations.Read, one => one.ServerCpu);
        table.Add($"a denylist of {Number(denylist.Many)} names", "≤ 15 s", $"{Number(denylist.Alone.TotalSeconds, 1)} s");
        table.Add("the slowest change of a username meanwhile", "≤ 200 ms", $"{Number(denylist.Beside.Slowest)} ms");
        return table.ToString();
    }

    private static bool IsOfServer(Figures one) => one.Protocol is "gRPC" or "REST";

    private static bool IsSetOrRead(Figures one) => one.Operation == Operations.Set.Name || one.Operation == Operations.Read.Name;

    private void Rate(string protocol, Operation operation, int wanted) => table.Add(
        $"{operation.Name}, {protocol}", $"≥ {Number(wanted)}/s", $"{Number(Find(protocol, operation)?.Rate ?? double.NaN)}/s");

    private void Ratio(
        string name, string wanted, string protocol, string floor, Operation operation, Operation below, Func<Figures, double> value) =>
        table.Add(
            name,
            wanted,
            Find(protocol, operation) is { } measured && Find(floor, below) is { } least
                ? Number(value(measured) / value(least), 2)
                : Number(double.NaN));

    private Figures? Find(string protocol, Operation operation) => figures.FirstOrDefault(
        one => one.Protocol == protocol && one.Operation == operation.Name && one.Callers == Callers);
}
