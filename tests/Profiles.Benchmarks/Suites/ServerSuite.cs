using System.Globalization;
using Profiles.Benchmarks.Floors;
using Profiles.Benchmarks.Load;
using Profiles.Benchmarks.Measuring;

namespace Profiles.Benchmarks.Suites;

/// <summary>
/// Every operation over every protocol, by every number of callers; beside them, in the same run, what the machine can do at best. All
/// take turns, several times: a machine that is slower for a minute is so for all that is compared.
/// </summary>
internal sealed class ServerSuite(TestBed bed, Options options)
{
    private const int Passes = 3;

    // Each client of pgbench, and each call of the plain handler, is a connection, of which the database takes 128.
    private const int MostClients = 64;

    private static readonly TimeSpan WarmUpOfFloor = TimeSpan.FromSeconds(1);

    private static readonly Operation[] JudgedByRatio = [Operations.Update, Operations.Set, Operations.Read];

    private readonly List<Figures> figures = [];

    public async Task<IReadOnlyList<Figures>> RunAsync()
    {
        await WarmUp.RunAsync(bed);
        foreach (var callers in options.Callers)
            await RunAsync(callers, isWhole: callers == options.Callers[0]);
        return figures;
    }

    private async Task RunAsync(int callers, bool isWhole)
    {
        await using var floor = await FloorProcess.StartAsync(bed.ConnectionString);
        await using var meter = await Meter.CreateAsync(floor.Id, bed.Database);
        var rows = Included(FloorRows(floor, meter, callers, isWhole));
        foreach (var row in rows)
            await row.WarmUpAsync(WarmUpOfFloor);
        rows.AddRange(Included(await PgBenchRowsAsync(callers)));
        rows.AddRange(Included(Operations.OfServer.SelectMany(operation => ServerRows(operation, callers, isWhole))));
        await MeasureAsync(rows, callers);
    }

    private async Task MeasureAsync(List<Row> rows, int callers)
    {
        for (var pass = 1; pass <= Passes && rows.Count > 0; pass++)
        {
            Progress.Say(string.Create(CultureInfo.InvariantCulture, $"{callers} callers, {pass} of {Passes} ..."));
            foreach (var row in rows)
                await row.MeasureAsync(options.Duration / Passes);
        }

        foreach (var row in rows)
        {
            var measured = await row.FiguresAsync();
            figures.Add(measured);
            Progress.Say(measured);
        }
    }

    private IEnumerable<Row> FloorRows(FloorProcess floor, Meter meter, int callers, bool isWhole)
    {
        yield return RowOf(Names.Floor, Protocol.Grpc, Operations.Empty);
        foreach (var protocol in isWhole ? (Protocol[])[Protocol.GrpcEach, Protocol.GrpcClient] : [])
            yield return RowOf(Names.FloorOf(protocol), protocol, Operations.Empty);
        foreach (var operation in callers <= MostClients ? (Operation[])[Operations.Set, Operations.Read] : [])
            yield return RowOf(Names.Plain, Protocol.Grpc, operation);

        Row RowOf(string over, Protocol protocol, Operation operation)
        {
            var spec = new LoadSpec(floor.Address, protocol, operation, [], callers, options.Users);
            return new Row(over, operation.Name, callers, meter, duration => meter.SampleAsync(spec, duration));
        }
    }

    private async Task<IEnumerable<Row>> PgBenchRowsAsync(int callers)
    {
        if (callers > MostClients || PgBench.Find() is not { } program)
            return [];
        if (!await bed.HasConnectionsAsync(callers))
        {
            Progress.Say($"pgbench is left out: the database has not enough connections left for {callers} clients");
            return [];
        }

        var pgbench = new PgBench(program, bed.ConnectionString);
        return [RowOf(Names.PgBench, ServiceSql.SetScript(options.Users)), RowOf(Names.PgBenchPlain, PlainSql.UpdateScript(options.Users))];

        Row RowOf(string over, string script) => new(
            over, Operations.Set.Name, callers, bed.Meter,
            duration => bed.Meter.SampleAsync(measured => pgbench.RunAsync(script, callers, measured, duration), duration));
    }

    private IEnumerable<Row> ServerRows(Operation operation, int callers, bool isWhole)
    {
        var protocols = isWhole && JudgedByRatio.Contains(operation)
            ? (Protocol[])[Protocol.Grpc, Protocol.GrpcEach, Protocol.GrpcClient, Protocol.Rest, Protocol.GrpcWeb]
            : [Protocol.Grpc, Protocol.Rest, Protocol.GrpcWeb];
        return protocols.Select(protocol => new Row(
            Names.Of(protocol), operation.Name, callers, bed.Meter,
            duration => bed.Meter.SampleAsync(bed.Spec(protocol, operation, callers), duration)));
    }

    private List<Row> Included(IEnumerable<Row> rows) => [.. rows.Where(row => options.Includes(row.Name))];
}
