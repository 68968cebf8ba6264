using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Profiles.Benchmarks.Json;

/// <summary>Runs <see cref="JsonBenchmarks"/> in this process, so that no further project has to be restored and built.</summary>
internal static class JsonMeasurement
{
    public static void Run() => BenchmarkRunner.Run<JsonBenchmarks>(DefaultConfig.Instance
        .WithArtifactsPath(Path.Combine("artifacts", "benchmarks"))
        .AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithIterationCount(20)));
}
