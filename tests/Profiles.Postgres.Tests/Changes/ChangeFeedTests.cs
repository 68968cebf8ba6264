using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Profiles.Core.Changes;
using Profiles.Core.Identity;
using Profiles.Postgres.Changes;
using Profiles.Postgres.Tests.Database;

namespace Profiles.Postgres.Tests.Changes;

/// <summary>Changes are told across instances, and a connection that is lost is told and replaced.</summary>
public class ChangeFeedTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static int count;

    private string connectionString = string.Empty;
    private ServiceProvider services = null!;
    private BlockingCollection<ChangeNotice> told = null!;

    private ChangeFeed Feed => services.GetRequiredService<ChangeFeed>();

    [SetUp]
    public async Task Listen()
    {
        connectionString = await (await TestDatabase.GetAsync()).CreateDatabaseAsync($"changes_{Interlocked.Increment(ref count)}");
        services = TestDatabase.ServicesOn(connectionString);
        told = [];
        Feed.Subscribe("thing", told.Add);
        await ((IHostedService)Feed).StartAsync(default);
        await UntilAsync(() => Feed.State.Session == 1);
    }

    [TearDown]
    public async Task Stop()
    {
        await ((IHostedService)Feed).StopAsync(default);
        await services.DisposeAsync();
        told.Dispose();
    }

    [Test]
    public async Task What_a_committed_batch_tells_arrives_and_what_is_rolled_back_does_not()
    {
        await SendAsync("ROLLBACK", New("taken-back"));
        await SendAsync("COMMIT", New("first"), new ChangeNotice("other", OrganizationId.Parse("a"), "x"), New("second"));

        Assert.That(Next(), Is.EqualTo(New("first")));
        Assert.That(Next(), Is.EqualTo(New("second")));
    }

    [Test]
    public async Task A_confirmation_vouches_for_all_that_was_told_before_it()
    {
        for (var i = 0; i < 5; i++)
        {
            await SendAsync("COMMIT", New($"thing-{i}"));
            var committed = TimeProvider.System.GetTimestamp();
            await UntilAsync(() => Feed.State.ConfirmedAt > committed);
            Assert.That(told.TryTake(out var notice), $"{i}: not told");
            Assert.That(notice!.Id, Is.EqualTo($"thing-{i}"));
        }
    }

    [Test]
    public async Task Text_that_is_no_notice_is_passed_over()
    {
        await using var connection = await services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync();
        await using var notify = new NpgsqlCommand("SELECT pg_notify('profiles_changes', '::'), pg_notify('profiles_changes', '')", connection);
        await notify.ExecuteNonQueryAsync();
        await SendAsync("COMMIT", New("after"));

        Assert.That(Next(), Is.EqualTo(New("after")));
    }

    [Test]
    public async Task A_connection_that_was_cut_is_replaced_in_a_new_session()
    {
        for (var session = 2; session <= 10; session++)
        {
            await CutAsync();
            await UntilAsync(() => Feed.State.Session == session);
            await SendAsync("COMMIT", New($"in-{session}"));
            Assert.That(Next(), Is.EqualTo(New($"in-{session}")));
        }
    }

    [Test]
    public async Task A_connection_that_is_not_cut_stays()
    {
        var began = TimeProvider.System.GetTimestamp();

        await UntilAsync(() => TimeProvider.System.GetElapsedTime(began, Feed.State.ConfirmedAt) > TimeSpan.FromSeconds(3));

        Assert.That(Feed.State.Session, Is.EqualTo(1));
    }

    [Test]
    public void What_is_told_in_the_process_needs_no_database()
    {
        Feed.Tell(New("here"));

        Assert.That(Next(), Is.EqualTo(New("here")));
    }

    private static ChangeNotice New(string id) => new("thing", OrganizationId.Parse("acme"), id);

    // With the database's own pause.
    private async Task UntilAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!condition())
        {
            await using var pause = services.GetRequiredService<NpgsqlDataSource>().CreateCommand("SELECT pg_sleep(0.02)");
            await pause.ExecuteNonQueryAsync(patience.Token);
        }
    }

    private ChangeNotice Next() => told.TryTake(out var notice, Patience) ? notice : throw new AssertionException("Nothing was told.");

    private async Task SendAsync(string end, params ChangeNotice[] notices)
    {
        await using var connection = await services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync();
        await using var batch = connection.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand("BEGIN"));
        foreach (var notice in notices)
            batch.AddNotice(notice);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(end));
        await batch.ExecuteNonQueryAsync();
    }

    private async Task CutAsync()
    {
        await using var command = services.GetRequiredService<NpgsqlDataSource>().CreateCommand(
            "SELECT count(pg_terminate_backend(pid, 10000)) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'profiles-changes'");
        Assert.That(await command.ExecuteScalarAsync(), Is.EqualTo(1L));
    }
}
