using Profiles.Benchmarks.Load;
using Profiles.Benchmarks.Measuring;
using Profiles.Benchmarks.Suites;
using static Profiles.Benchmarks.Reports.MarkdownTable;

namespace Profiles.Benchmarks.Reports;

/// <summary>
/// The aims of the house beside what was measured. They hold for 64 callers where none are named, and for nobody else's machine but in
/// ratios.
/// </summary>
internal sealed class Aims(IReadOnlyList<Figures> figures, DenylistFigures denylist)
{
    private const int Callers = 64;

    private static readonly Operation[] Single = [Operations.Update, Operations.Set, Operations.Read];

    private readonly MarkdownTable table = new(["aim"], "wanted", "measured");

    public string Format()
    {
        foreach (var changing in (Operation[])[Operations.Update, Operations.Set])
        {
            Rate("gRPC", changing, 12_000);
            Rate("REST", changing, 10_000);
        }

        Rate("gRPC", Operations.Read, 20_000);
        Rate("REST", Operations.Read, 16_000);
        var slowest = figures.Where(one => one.Callers == Callers && IsOfServer(one) && IsSingle(one)).Select(one => one.P99);
        table.Add("p99 of them all", "< 20 ms", $"{Number(slowest.DefaultIfEmpty(double.NaN).Max(), 1)} ms");
        ToFloors();
        foreach (var operation in Single)
        {
            foreach (var grpc in (Protocol[])[Protocol.Grpc, Protocol.GrpcEach])
            {
                Ratio(
                    $"server CPU of {operation.Name}, REST to {Names.Of(grpc)}", "≤ 1.3",
                    Find(Names.Of(Protocol.Rest), operation)?.ServerCpu, Find(Names.Of(grpc), operation)?.ServerCpu);
            }
        }

        ToPlainHandler(Operations.Set);
        ToPlainHandler(Operations.Read);
        table.Add($"a denylist of {Number(denylist.Many)} names", "≤ 15 s", $"{Number(denylist.Alone.TotalSeconds, 1)} s");
        table.Add("the slowest change of a username meanwhile", "≤ 200 ms", $"{Number(denylist.Beside.Slowest)} ms");
        return table.ToString();
    }

    private static bool IsOfServer(Figures one) => one.Protocol is "gRPC" or "REST";

    private static bool IsSingle(Figures one) => Single.Any(operation => operation.Name == one.Operation);

    private void Rate(string protocol, Operation operation, int wanted) => table.Add(
        $"{operation.Name}, {protocol}", $"≥ {Number(wanted)}/s", $"{Number(Find(protocol, operation)?.Rate ?? double.NaN)}/s");

    private void ToFloors()
    {
        foreach (var changing in (Operation[])[Operations.Update, Operations.Set])
        {
            var rate = Find(Names.Of(Protocol.Grpc), changing)?.Rate;
            Ratio($"{changing.Name}s, gRPC to pgbench", "≥ 1.5", rate, Find(Names.PgBench, Operations.Set)?.Rate);
            Ratio($"{changing.Name}s, gRPC to {Names.PgBenchPlain}", "–", rate, Find(Names.PgBenchPlain, Operations.Set)?.Rate);
        }

        foreach (var protocol in (Protocol[])[Protocol.Grpc, Protocol.GrpcEach, Protocol.GrpcClient])
        {
            Ratio(
                $"reads to calls that do nothing, {Names.Of(protocol)}", "≥ 0.6",
                Find(Names.Of(protocol), Operations.Read)?.Rate, Find(Names.FloorOf(protocol), Operations.Empty)?.Rate);
        }
    }

    private void ToPlainHandler(Operation operation) => Ratio(
        $"p50 of {operation.Name} by one caller, gRPC to the plain handler", "≤ 1",
        Find("gRPC", operation, callers: 1)?.Median, Find(Names.Plain, operation, callers: 1)?.Median);

    private void Ratio(string name, string wanted, double? value, double? floor) =>
        table.Add(name, wanted, Number(value / floor ?? double.NaN, 2));

    private Figures? Find(string protocol, Operation operation, int callers = Callers) => figures.FirstOrDefault(
        one => one.Protocol == protocol && one.Operation == operation.Name && one.Callers == callers);
}
