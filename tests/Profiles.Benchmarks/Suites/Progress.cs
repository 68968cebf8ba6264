using System.Globalization;
using Profiles.Benchmarks.Measuring;

namespace Profiles.Benchmarks.Suites;

/// <summary>Tells whoever waits what has been measured, on the error output, beside the report.</summary>
internal static class Progress
{
    public static void Say(string words) => Console.Error.WriteLine(words);

    public static void Say(Figures measured) => Say(string.Create(
        CultureInfo.InvariantCulture,
        $"{measured.Protocol,-24}{measured.Operation,-11}{measured.Callers,4} callers {measured.Rate,9:N0}/s   p50 {measured.Median:N2} ms   "
        + $"p99 {measured.P99:N2} ms   slowest {measured.Slowest:N0} ms   CPU server {measured.ServerCpu:N3} + PostgreSQL {measured.PostgresCpu:N3} ms   "
        + $"round trips {measured.RoundTrips:N3}   {measured.AllocatedBytes / 1024:N1} KB"));
}
