using Profiles.Benchmarks.Load;

namespace Profiles.Benchmarks.Measuring;

/// <summary>What was measured of a load. CPU is in milliseconds, and all that is not a rate or a latency is a request's share.</summary>
internal sealed record Figures(string Protocol, string Operation, int Callers)
{
    public double Rate { get; init; }

    public double Median { get; init; }

    public double P99 { get; init; }

    public double Slowest { get; init; }

    public double ServerCpu { get; init; } = double.NaN;

    public double PostgresCpu { get; init; } = double.NaN;

    public double GeneratorCpu { get; init; } = double.NaN;

    public double RoundTrips { get; init; } = double.NaN;

    public double AllocatedBytes { get; init; } = double.NaN;

    public double WalBytes { get; init; } = double.NaN;

    /// <summary>CPU of server and database.</summary>
    public double Cpu => ServerCpu + PostgresCpu;

    /// <summary>The figures of a load that two snapshots enclose.</summary>
    public Figures With(LoadResult result, Snapshot before, Snapshot after)
    {
        var requests = result.Rate * (after.Time - before.Time).TotalSeconds;
        return this with
        {
            Rate = result.Rate,
            Median = result.Percentile(0.5),
            P99 = result.Percentile(0.99),
            Slowest = result.Percentile(1),
            ServerCpu = (after.ServerCpu - before.ServerCpu) / requests,
            PostgresCpu = (after.PostgresCpu - before.PostgresCpu) / requests,
            GeneratorCpu = (after.OwnCpu - before.OwnCpu) / requests,
            WalBytes = (after.WalBytes - before.WalBytes) / requests,
        };
    }
}
