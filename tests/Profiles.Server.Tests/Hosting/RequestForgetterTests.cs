using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Profiles.Core.Identity;
using Profiles.Core.Records;
using Profiles.Core.Storage;
using Profiles.Server.Hosting;
using Profiles.Server.Tests.Health;

namespace Profiles.Server.Tests.Hosting;

/// <summary>Request ids are forgotten when their day is over: at the start, and then once an hour.</summary>
internal sealed class RequestForgetterTests
{
    private const int Forgot = 1030;
    private const int ForgettingFailed = 1031;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ManualClock clock = new();
    private ForgettingStore store = null!;
    private EventLog<RequestForgetter> log = null!;
    private RequestForgetter forgetter = null!;

    [SetUp]
    public void Create()
    {
        store = new ForgettingStore();
        log = new EventLog<RequestForgetter>();
        forgetter = new RequestForgetter(store, clock, log);
    }

    [TearDown]
    public async Task Stop()
    {
        await forgetter.StopAsync(CancellationToken.None).WaitAsync(Patience);
        forgetter.Dispose();
    }

    [Test]
    public async Task At_the_start_it_forgets_what_is_older_than_a_day()
    {
        store.Answer = _ => Task.FromResult(3);

        await forgetter.StartAsync(CancellationToken.None);

        Assert.That(await store.AskedAsync(), Is.EqualTo(clock.Now.UtcDateTime.AddHours(-24)));
        Assert.That(await EventAsync(), Is.EqualTo((LogLevel.Information, Forgot)));
    }

    [Test]
    public async Task It_does_so_again_each_hour_by_the_time_that_it_is_then()
    {
        await forgetter.StartAsync(CancellationToken.None);
        await store.AskedAsync();

        for (var hour = 1; hour <= 3; hour++)
        {
            clock.Now += TimeSpan.FromHours(1);
            await clock.FireAsync(TimeSpan.FromHours(1));
            Assert.That(await store.AskedAsync(), Is.EqualTo(clock.Now.UtcDateTime.AddHours(-24)));
        }
    }

    [Test]
    public async Task A_failure_is_a_warning_and_the_next_hour_comes()
    {
        store.Answer = _ => throw new IOException("Gone.");
        await forgetter.StartAsync(CancellationToken.None);
        await store.AskedAsync();
        Assert.That(await EventAsync(), Is.EqualTo((LogLevel.Warning, ForgettingFailed)));

        store.Answer = _ => Task.FromResult(1);
        await clock.FireAsync(TimeSpan.FromHours(1));

        await store.AskedAsync();
        Assert.That(await EventAsync(), Is.EqualTo((LogLevel.Information, Forgot)));
    }

    [Test]
    public async Task It_ends_with_the_server_though_the_database_does_not_answer()
    {
        store.Answer = async stopping =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stopping);
            return 0;
        };
        await forgetter.StartAsync(CancellationToken.None);
        await store.AskedAsync();

        await forgetter.StopAsync(CancellationToken.None).WaitAsync(Patience);

        Assert.That(forgetter.ExecuteTask!.IsCompletedSuccessfully, Is.True);
        Assert.That(log.IsEmpty, Is.True);
    }

    private async Task<(LogLevel Level, int Id)> EventAsync()
    {
        var logged = await log.NextAsync();
        return (logged.Level, logged.Id);
    }

    /// <summary>A store that can only forget, as the test tells it to.</summary>
    private sealed class ForgettingStore : IProfileStore
    {
        private readonly Channel<DateTime> asked = Channel.CreateUnbounded<DateTime>();

        public Func<CancellationToken, Task<int>> Answer { get; set; } = _ => Task.FromResult(0);

        /// <summary>The time before which the next call forgets.</summary>
        public async Task<DateTime> AskedAsync() => await asked.Reader.ReadAsync().AsTask().WaitAsync(Patience);

        public Task<int> ForgetRequestsAsync(DateTime time, CancellationToken cancellationToken)
        {
            asked.Writer.TryWrite(time);
            return Answer(cancellationToken);
        }

        public Task<ProfileRecord?> GetAsync(ProfileKey key, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<ProfileRecord>> GetManyAsync(
            OrganizationId organization, IReadOnlyCollection<UserId> users, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<ProfileRecord>> ListAsync(
            OrganizationId organization, ListPosition? after, bool newestFirst, int limit, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<ProfileRecord>> ListAtAsync(
            OrganizationId organization, int offset, bool newestFirst, int limit, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<ProfileChange>> ListChangesAsync(
            ProfileKey key, long? after, bool newestFirst, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<WriteOutcome>> WriteAsync(
            OrganizationId organization, IReadOnlyList<ProfileWrite> writes, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<WriteOutcome> DeleteAsync(ProfileKey key, ProfileDelete delete, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<WriteOutcome>> DeleteManyAsync(
            OrganizationId organization, IReadOnlyList<(UserId User, ProfileDelete Delete)> deletes, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
