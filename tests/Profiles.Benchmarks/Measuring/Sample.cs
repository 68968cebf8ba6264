using Profiles.Benchmarks.Load;

namespace Profiles.Benchmarks.Measuring;

/// <summary>A load that was measured once.</summary>
/// <param name="Load">What it did.</param>
/// <param name="Before">What processes had come to when the measuring began.</param>
/// <param name="After">And when it ended.</param>
/// <param name="AllocatedBytes">Bytes that the server allocated for a request; not a number where nobody counted.</param>
internal sealed record Sample(LoadResult Load, Snapshot Before, Snapshot After, double AllocatedBytes = double.NaN)
{
    /// <summary>Requests between the two snapshots.</summary>
    public double Requests => Load.Rate * (After.Time - Before.Time).TotalSeconds;
}
