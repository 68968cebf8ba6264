using System.Diagnostics;
using System.Globalization;
using Profiles.Benchmarks.Load;
using Profiles.Benchmarks.Measuring;

namespace Profiles.Benchmarks.Suites;

/// <summary>The same loads while the database grows: profiles, denied names, histories.</summary>
internal sealed class GrowthSuite(TestBed bed, Options options)
{
    private const int Callers = 64;
    private const int Few = 10;

    // A thousand changes each for every one of a million users would be a billion rows: these few get them, and are then called.
    private const int UsersWithHistory = 1_000;

    private readonly List<GrowthStep> steps = [];

    public async Task<IReadOnlyList<GrowthStep>> RunAsync()
    {
        var denylist = new DenylistSuite(bed, options);
        await bed.Population.PostponeCheckpointsAsync();
        await bed.GrowAsync(options.Sizes[0]);
        await denylist.ReplaceAsync(Few);
        await WarmUp.RunAsync(bed);
        foreach (var size in options.Sizes)
        {
            var start = Stopwatch.GetTimestamp();
            await bed.GrowAsync(size);
            Progress.Say($"{size:N0} profiles; making them took {Stopwatch.GetElapsedTime(start).TotalSeconds:F0} s");
            await MeasureAsync(Text($"{size:N0} profiles"));
        }

        await denylist.ReplaceAsync(options.Denied);
        await bed.Population.SettleAsync();
        await MeasureAsync(Text($"… and {options.Denied:N0} denied names"));
        var called = Math.Min(UsersWithHistory, options.Sizes[^1]);
        await MeasureAsync(Text($"… and {called:N0} of the users called"), called);
        await bed.Population.LengthenHistoriesAsync(called, options.Changes);
        await MeasureAsync(Text($"… with {options.Changes:N0} changes more each"), called);
        return steps;
    }

    private async Task MeasureAsync(string state, int? among = null)
    {
        Progress.Say(state);
        var before = bed.Server.Memory;
        var figures = new List<Figures>();
        foreach (var operation in Operations.OfServer)
        {
            foreach (var protocol in (Protocol[])[Protocol.Grpc, Protocol.Rest, Protocol.GrpcWeb])
            {
                var sample = await bed.Meter.SampleAsync(bed.Spec(protocol, operation, Callers, among), options.Duration);
                var measured = await bed.Meter.FiguresOfAsync(Names.Of(protocol), operation.Name, Callers, sample);
                Progress.Say(measured);
                figures.Add(measured);
            }
        }

        steps.Add(new GrowthStep(state, figures, before, bed.Server.Memory));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>What was measured in one state of the database.</summary>
/// <param name="State">The state.</param>
/// <param name="Figures">Of each operation.</param>
/// <param name="MemoryBefore">Bytes of the server before the loads.</param>
/// <param name="MemoryAfter">And after them.</param>
internal sealed record GrowthStep(string State, IReadOnlyList<Figures> Figures, long MemoryBefore, long MemoryAfter);
