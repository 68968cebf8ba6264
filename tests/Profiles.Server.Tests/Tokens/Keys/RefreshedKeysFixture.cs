using Profiles.Server.Tokens;
using Profiles.Server.Tokens.Claims;
using Profiles.Server.Tokens.Keys;

namespace Profiles.Server.Tests.Tokens.Keys;

/// <summary>An issuer whose keys are read anew, and the validator that trusts it.</summary>
public abstract class RefreshedKeysFixture
{
    internal const int KeysRead = 1060;
    internal const int NoKeys = 1061;
    internal const int KeysUnreadable = 1062;
    internal const int KeysReadAgain = 1063;

    private CancellationTokenSource stop = null!;
    private Task refreshing = Task.CompletedTask;

    internal static IssuerKey First { get; } = new("first");

    internal static IssuerKey Second { get; } = new("second");

    internal FakeClock Clock { get; private set; } = null!;

    internal FakeSource Source { get; private set; } = null!;

    internal LogRecorder Log { get; private set; } = null!;

    internal RefreshedKeys Keys { get; private set; } = null!;

    internal TokenValidator Validator { get; private set; } = null!;

    [SetUp]
    public void MakeIssuer()
    {
        (Clock, Source, Log, stop) = (new FakeClock(), new FakeSource { Document = IssuerKey.Set(First) }, new LogRecorder(), new());
        Keys = new RefreshedKeys(TestIssuer.Name, Source, Clock, Log);
        Validator = new TokenValidator([new(TestIssuer.Name, "profiles", Keys, ClaimRules.Default)], Clock);
    }

    [TearDown]
    public async Task EndRefreshing()
    {
        await stop.CancelAsync();
        await refreshing.WaitAsync(TimeSpan.FromSeconds(30)).ContinueWith(_ => { }, TaskScheduler.Default);
        Assert.That(refreshing.IsFaulted, Is.False);
        stop.Dispose();
    }

    /// <summary>Reads the keys, and again on schedule.</summary>
    protected void BeginRefreshing() => refreshing = Keys.KeepFreshAsync(stop.Token);

    /// <summary>Ends that, and waits until it has ended.</summary>
    protected async Task<Exception?> StopRefreshingAsync()
    {
        await stop.CancelAsync();
        return await refreshing.WaitAsync(TimeSpan.FromSeconds(30)).ContinueWith(
            ended => ended.IsCanceled ? new OperationCanceledException() : ended.Exception?.InnerException, TaskScheduler.Default);
    }

    /// <summary>Lets the least time between two readings pass.</summary>
    protected void PassInterval() => Clock.Advance(KeySchedule.Remote.Least);

    /// <summary>Waits until a reading is over and the next one is due after about so long, a tenth more or less; returns that.</summary>
    protected Task<TimeSpan> ReadAsync(TimeSpan next) => Clock.WaitForTimerAsync(next * 0.9, next * 1.1);
}
