using Microsoft.Extensions.Logging.Abstractions;
using Profiles.Core.Storage;
using Profiles.Server.Health;

namespace Profiles.Server.Tests.Health;

/// <summary>What the monitor makes of the database's answers, tick by tick.</summary>
internal sealed class DatabaseMonitorTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private ScriptedProbe probe = null!;
    private ManualClock clock = null!;
    private Readiness readiness = null!;
    private DatabaseMonitor monitor = null!;

    [SetUp]
    public void Create()
    {
        probe = new ScriptedProbe();
        clock = new ManualClock();
        readiness = new Readiness();
        monitor = new DatabaseMonitor(probe, readiness, clock, NullLogger<DatabaseMonitor>.Instance);
    }

    [TearDown]
    public async Task Stop()
    {
        await monitor.StopAsync(CancellationToken.None);
        monitor.Dispose();
        probe.Dispose();
    }

    [Test]
    public async Task It_has_asked_once_when_it_has_started()
    {
        Assert.That(readiness.Current.Obstacle, Is.EqualTo(Obstacle.NotChecked));
        probe.Answer(() => Task.FromResult(true));

        await StartAsync();

        Assert.That(readiness.Current.IsReady, Is.True);
    }

    [Test]
    public async Task It_tells_each_change_once()
    {
        probe.Answer(() => Task.FromResult(true));
        probe.Answer(() => throw new IOException("Gone."));
        probe.Answer(() => Task.FromException<bool>(new InvalidOperationException("Still gone.")));
        probe.Answer(() => Task.FromResult(false));
        probe.Answer(() => Task.FromResult(true));
        await StartAsync();

        var ready = readiness.Current;
        await TickAsync();
        Assert.That(await AfterAsync(ready), Is.EqualTo(Obstacle.DatabaseUnreachable));
        var unreachable = readiness.Current;
        await TickAsync();
        await TickAsync();
        Assert.That(await AfterAsync(unreachable), Is.EqualTo(Obstacle.SchemaOutdated));
        var outdated = readiness.Current;
        await TickAsync();
        Assert.That(await AfterAsync(outdated), Is.EqualTo(Obstacle.None));
    }

    [Test]
    public async Task A_database_that_does_not_answer_in_time_cannot_be_reached()
    {
        probe.Answer(() => new TaskCompletionSource<bool>().Task);

        var starting = monitor.StartAsync(CancellationToken.None);
        Assert.That(starting.IsCompleted, Is.False);
        await clock.FireAsync(DatabaseMonitor.Timeout);
        await starting.WaitAsync(Patience);

        Assert.That(readiness.Current.Obstacle, Is.EqualTo(Obstacle.DatabaseUnreachable));
    }

    [Test]
    public async Task A_server_that_drains_is_not_ready_whatever_the_database_says()
    {
        probe.Answer(() => Task.FromResult(true));
        readiness.Drain();

        await StartAsync();

        Assert.That(readiness.Current.Obstacle, Is.EqualTo(Obstacle.Draining));
    }

    private async Task StartAsync()
    {
        await monitor.StartAsync(CancellationToken.None);
        await probe.AskedAsync();
    }

    // Over when the database has been asked, so that no tick is lost.
    private async Task TickAsync()
    {
        await clock.FireAsync(DatabaseMonitor.Interval);
        await probe.AskedAsync();
    }

    private async Task<Obstacle> AfterAsync(ReadinessState state)
    {
        await state.Changed.WaitAsync(Patience);
        return readiness.Current.Obstacle;
    }

    private sealed class ScriptedProbe : IDatabaseProbe, IDisposable
    {
        private readonly Queue<Func<Task<bool>>> answers = new();
        private readonly SemaphoreSlim asked = new(0);

        public void Answer(Func<Task<bool>> answer) => answers.Enqueue(answer);

        public async Task AskedAsync() => Assert.That(await asked.WaitAsync(Patience), Is.True);

        public Task<bool> HasSchemaAsync(CancellationToken cancellationToken)
        {
            asked.Release();
            return answers.Dequeue()();
        }

        public void Dispose() => asked.Dispose();
    }
}
