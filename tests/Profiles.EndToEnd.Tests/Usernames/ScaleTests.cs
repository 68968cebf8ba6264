using System.Diagnostics;
using Grpc.Core;
using Profiles.V1;

namespace Profiles.EndToEnd.Tests.Usernames;

/// <summary>A denylist of a million names, on request: it is a measurement.</summary>
[Explicit("Takes a minute.")]
internal sealed class ScaleTests : UsernameTest
{
    private const int Names = 1_000_000;
    private const int PartSize = 50_000;

    [Test]
    public async Task A_million_names_go_in_while_names_are_claimed()
    {
        var options = As(SharedServer.Mint.Mint(Organization, "moderator", "usernames.read", "usernames.write"))
            .WithDeadline(TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(5));
        await MeasureClaimsAsync("ten", Replace(options, 10));
        await MeasureClaimsAsync("first", Replace(options, Names));
        await MeasureClaimsAsync("same", Replace(options, Names));
        await MeasureClaimsAsync("after", Task.CompletedTask);
    }

    private async Task Replace(CallOptions options, int count)
    {
        var start = Stopwatch.GetTimestamp();
        using var call = new UsernameService.UsernameServiceClient(Invoker).ReplaceDenylistStream(options);
        for (var i = 0; i < count; i += PartSize)
        {
            var part = Enumerable.Range(i, Math.Min(PartSize, count - i)).Select(n => $"denied-name-{n}");
            await call.RequestStream.WriteAsync(new ReplaceDenylistStreamRequest { Usernames = { part } });
        }

        await call.RequestStream.CompleteAsync();
        Assert.That((await call.ResponseAsync).Size, Is.EqualTo(count));
        await TestContext.Out.WriteLineAsync($"{count} names: {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s");
    }

    private async Task MeasureClaimsAsync(string prefix, Task beside)
    {
        var times = new List<double>();
        for (var i = 0; i < 200 || !beside.IsCompleted; i++)
        {
            var start = Stopwatch.GetTimestamp();
            AssertWritten(await ServerNamesAsync($"{prefix}{i % 1000}", $"{prefix}-{i}"));
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        await beside;
        times.Sort();
        await TestContext.Out.WriteLineAsync(
            $"{prefix}: {times.Count} claims, median {times[times.Count / 2]:F1} ms, p99 {times[times.Count * 99 / 100]:F1} ms, most {times[^1]:F1} ms");
    }
}
