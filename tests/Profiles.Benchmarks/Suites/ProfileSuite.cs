using Profiles.Benchmarks.Load;
using Profiles.Benchmarks.Profiling;

namespace Profiles.Benchmarks.Suites;

/// <summary>Shows where the server's time and memory go under load: one load after the other, sampled twice.</summary>
internal sealed class ProfileSuite(TestBed bed, Options options)
{
    private const int Top = 40;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);

    private static readonly (Protocol Protocol, Operation Operation)[] Loads =
    [
        (Protocol.Grpc, Operations.Set), (Protocol.Grpc, Operations.Update), (Protocol.Grpc, Operations.Read),
        (Protocol.Grpc, Operations.Batch), (Protocol.Grpc, Operations.Rename), (Protocol.Rest, Operations.Set),
        (Protocol.Rest, Operations.Read), (Protocol.GrpcWeb, Operations.Read),
    ];

    public async Task RunAsync(string folder)
    {
        foreach (var (protocol, operation) in Loads)
        {
            var name = $"{Names.Of(protocol)} {operation.Name}";
            if (options.Profile == "1" || name.Contains(options.Profile!, StringComparison.OrdinalIgnoreCase))
                await SampleAsync(bed.Spec(protocol, operation, options.Callers[0]), name, folder);
        }
    }

    private async Task SampleAsync(LoadSpec spec, string name, string folder)
    {
        Progress.Say($"Sampling {name} ...");
        var file = Path.Combine(folder, $"{name.Replace(' ', '-')}".ToLowerInvariant());
        await RunAsync(spec, load => Profiler.SampleCpuAsync(bed.Server.Id, $"{file}.cpu.nettrace", load));
        await RunAsync(spec, load => Profiler.SampleAllocationsAsync(bed.Server.Id, $"{file}.allocations.nettrace", load));
        using var cpu = new SampleReport($"{file}.cpu.nettrace");
        using var allocations = new SampleReport($"{file}.allocations.nettrace");
        var report = $"{name}, {spec.Callers} callers\n\n{cpu.Cpu(Top)}\n{allocations.Allocations(Top)}";
        await File.WriteAllTextAsync($"{file}.txt", report);
        await Console.Out.WriteLineAsync(report);
    }

    private Task<LoadResult> RunAsync(LoadSpec spec, Func<Func<Task>, Task> sample) => LoadRun.RunAsync(
        spec,
        _ => Task.Delay(WarmUp, TimeProvider.System),
        () => sample(() => Task.Delay(options.Duration, TimeProvider.System)));
}
