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

    /// <summary>The figures of a load that was measured at several times, as one.</summary>
    public Figures With(IReadOnlyList<Sample> samples)
    {
        var load = LoadResult.Of([.. samples.Select(sample => sample.Load)]);
        return this with
        {
            Rate = load.Rate,
            Median = load.Percentile(0.5),
            P99 = load.Percentile(0.99),
            Slowest = load.Percentile(1),
            ServerCpu = OfRequest(snapshot => snapshot.ServerCpu),
            PostgresCpu = OfRequest(snapshot => snapshot.PostgresCpu),
            GeneratorCpu = OfRequest(snapshot => snapshot.OwnCpu),
            WalBytes = OfRequest(snapshot => snapshot.WalBytes),
            AllocatedBytes = samples.Average(sample => sample.AllocatedBytes),
        };

        double OfRequest(Func<Snapshot, double> spent) =>
            samples.Sum(sample => spent(sample.After) - spent(sample.Before)) / samples.Sum(sample => sample.Requests);
    }
}
