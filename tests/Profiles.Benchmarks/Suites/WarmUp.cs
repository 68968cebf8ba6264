using Profiles.Benchmarks.Load;

namespace Profiles.Benchmarks.Suites;

/// <summary>Lets the server compile what it will run, before the first figure.</summary>
internal static class WarmUp
{
    private const int Callers = 64;

    private static readonly TimeSpan Each = TimeSpan.FromSeconds(2);

    private static readonly (Protocol Protocol, Operation Operation)[] Loads =
    [
        (Protocol.Grpc, Operations.Set), (Protocol.Grpc, Operations.Read), (Protocol.Grpc, Operations.Update),
        (Protocol.Grpc, Operations.Batch), (Protocol.Grpc, Operations.Rename), (Protocol.Rest, Operations.Set),
        (Protocol.Rest, Operations.Read), (Protocol.GrpcWeb, Operations.Read), (Protocol.GrpcClient, Operations.Read),
    ];

    public static async Task RunAsync(TestBed bed)
    {
        Progress.Say("Warming up ...");
        foreach (var (protocol, operation) in Loads)
            await LoadRun.RunAsync(bed.Spec(protocol, operation, Callers), _ => Task.Delay(Each, TimeProvider.System), () => Task.CompletedTask);
    }
}
