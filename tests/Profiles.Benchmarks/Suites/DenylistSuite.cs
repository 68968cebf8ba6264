using System.Diagnostics;
using Grpc.Core;
using Grpc.Net.Client;
using Profiles.Benchmarks.Load;
using Profiles.Benchmarks.Measuring;
using Profiles.V1;

namespace Profiles.Benchmarks.Suites;

/// <summary>What a denylist costs those who choose a username: a short one, a long one, and one that is being replaced.</summary>
internal sealed class DenylistSuite(TestBed bed, Options options)
{
    private const int PartSize = 50_000;
    private const int Few = 10;
    private const int CallersBeside = 4;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public async Task<DenylistFigures> RunAsync()
    {
        // What was written before is vacuumed and flushed now, not meanwhile.
        await bed.Population.SettleAsync();
        await ReplaceAsync(Few);
        var few = await MeasureBothAsync();
        var seconds = TimeSpan.Zero;
        var beside = await FiguresOfAsync(CallersBeside, async () => seconds = await ReplaceAsync(options.Denied));
        var many = await MeasureBothAsync();
        await ReplaceAsync(Few);
        return new DenylistFigures(Few, few, options.Denied, many, await ReplaceAsync(options.Denied), seconds, beside);
    }

    /// <summary>Replaces the denylist by a stream of names, and tells how long it took.</summary>
    public async Task<TimeSpan> ReplaceAsync(int count)
    {
        var start = Stopwatch.GetTimestamp();
        using var channel = GrpcChannel.ForAddress(bed.Server.Grpc);
        var headers = new Metadata { { "authorization", $"Bearer {bed.ServerToken}" } };
        var deadline = (TimeProvider.System.GetUtcNow() + Patience).UtcDateTime;
        using var call = new UsernameService.UsernameServiceClient(channel).ReplaceDenylistStream(headers, deadline);
        for (var i = 0; i < count; i += PartSize)
        {
            var part = Enumerable.Range(i, Math.Min(PartSize, count - i)).Select(n => $"denied-name-{n}");
            await call.RequestStream.WriteAsync(new ReplaceDenylistStreamRequest { Usernames = { part } });
        }

        await call.RequestStream.CompleteAsync();
        var size = (await call.ResponseAsync).Size;
        if (size != count)
            throw new WrongAnswerException($"The denylist has {size} names, not {count}.");
        var elapsed = Stopwatch.GetElapsedTime(start);
        Progress.Say($"{count:N0} names denied in {elapsed.TotalSeconds:F1} s");
        return elapsed;
    }

    // One caller tells what a call takes, many what the server can carry.
    private async Task<IReadOnlyList<Figures>> MeasureBothAsync()
    {
        var both = new List<Figures>();
        foreach (var callers in (int[])[1, 64])
            both.Add(await FiguresOfAsync(callers, () => Task.Delay(options.Duration, TimeProvider.System)));
        return both;
    }

    private async Task<Figures> FiguresOfAsync(int callers, Func<Task> beside)
    {
        var sample = await bed.Meter.SampleAsync(bed.Spec(Protocol.Grpc, Operations.Rename, callers), beside);
        var figures = await bed.Meter.FiguresOfAsync(Names.Of(Protocol.Grpc), Operations.Rename.Name, callers, sample);
        Progress.Say(figures);
        return figures;
    }
}

/// <summary>What was measured of denylists.</summary>
/// <param name="Few">Names of the short one.</param>
/// <param name="WithFew">Changes of usernames with it, by one caller and by 64.</param>
/// <param name="Many">Names of the long one.</param>
/// <param name="WithMany">The same with it.</param>
/// <param name="Alone">How long it took to put the long one in the place of the short one, while nothing else was done.</param>
/// <param name="Replacing">How long it took while usernames were changed.</param>
/// <param name="Beside">Those changes.</param>
internal sealed record DenylistFigures(
    int Few,
    IReadOnlyList<Figures> WithFew,
    int Many,
    IReadOnlyList<Figures> WithMany,
    TimeSpan Alone,
    TimeSpan Replacing,
    Figures Beside);
