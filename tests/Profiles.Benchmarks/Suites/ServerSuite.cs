using Profiles.Benchmarks.Floors;
using Profiles.Benchmarks.Load;
using Profiles.Benchmarks.Measuring;

namespace Profiles.Benchmarks.Suites;

/// <summary>
/// Every operation over every protocol, by every number of callers; beside them, in the same run, what the machine can do at best.
/// </summary>
internal sealed class ServerSuite(TestBed bed, Options options)
{
    // Each client of pgbench, and each call of the plain handler, is a connection, of which the database takes 128.
    private const int MostClients = 64;

    private readonly List<Figures> figures = [];

    public async Task<IReadOnlyList<Figures>> RunAsync()
    {
        // First, while the database has connections left: the server keeps for minutes those that it once had.
        await MeasureFloorsAsync(options.Callers[0], isWhole: true);
        await WarmUp.RunAsync(bed);
        await RunAsync(options.Callers[0], isWhole: true);
        foreach (var callers in options.Callers.Skip(1))
        {
            await RunAsync(callers, isWhole: false);
            await MeasureFloorsAsync(callers, isWhole: false);
        }

        return figures;
    }

    private async Task RunAsync(int callers, bool isWhole)
    {
        foreach (var operation in Operations.OfServer)
        {
            foreach (var protocol in (Protocol[])[Protocol.Grpc, Protocol.Rest, Protocol.GrpcWeb])
                await MeasureAsync(protocol, operation, callers);
        }

        if (!isWhole)
            return;
        await MeasureAsync(Protocol.GrpcClient, Operations.Set, callers);
        await MeasureAsync(Protocol.GrpcClient, Operations.Read, callers);
    }

    private async Task MeasureFloorsAsync(int callers, bool isWhole)
    {
        await using (var floor = await FloorProcess.StartAsync(bed.ConnectionString))
        await using (var meter = await Meter.CreateAsync(floor.Id, bed.Database))
        {
            await MeasureFloorAsync(Names.Floor, Protocol.Grpc, Operations.Empty);
            if (callers <= MostClients)
            {
                await MeasureFloorAsync(Names.Plain, Protocol.Grpc, Operations.Set);
                await MeasureFloorAsync(Names.Plain, Protocol.Grpc, Operations.Read);
            }

            if (isWhole)
                await MeasureFloorAsync(Names.FloorByClient, Protocol.GrpcClient, Operations.Empty);

            async Task MeasureFloorAsync(string over, Protocol protocol, Operation operation)
            {
                var spec = new LoadSpec(floor.Address, protocol, operation, [], callers, options.Users);
                if (options.Includes($"{over} {operation.Name}"))
                    Add(await meter.MeasureAsync(over, spec, options.Duration));
            }
        }

        if (callers > MostClients || !options.Includes($"{Names.PgBench} {Operations.Set.Name}") || PgBench.Find() is not { } program)
            return;
        if (await bed.HasConnectionsAsync(callers))
        {
            var pgbench = new PgBench(program, bed.ConnectionString, options.Users);
            Add(await bed.Meter.MeasureAsync(
                Names.PgBench, Operations.Set.Name, callers, () => pgbench.RunAsync(callers, options.Duration)));
        }
        else
        {
            Progress.Say($"pgbench is left out: the database has not enough connections left for {callers} clients");
        }
    }

    private async Task MeasureAsync(Protocol protocol, Operation operation, int callers)
    {
        var over = Names.Of(protocol);
        if (options.Includes($"{over} {operation.Name}"))
            Add(await bed.Meter.MeasureAsync(over, bed.Spec(protocol, operation, callers), options.Duration));
    }

    private void Add(Figures measured)
    {
        figures.Add(measured);
        Progress.Say(measured);
    }
}

/// <summary>What tables call the ways of calls.</summary>
internal static class Names
{
    public const string Floor = "floor";
    public const string FloorByClient = "floor, Grpc.Net.Client";
    public const string Plain = "plain handler";
    public const string PgBench = "pgbench";

    public static string Of(Protocol protocol) => protocol switch
    {
        Protocol.Grpc => "gRPC",
        Protocol.GrpcClient => "Grpc.Net.Client",
        Protocol.Rest => "REST",
        _ => "gRPC-Web",
    };
}
