using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Profiles.Core.Errors;
using Profiles.Core.Fields;
using Profiles.Core.Storage;
using Profiles.Postgres.Tests.Database;

namespace Profiles.Postgres.Tests.Profiles;

public class FailureTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    private ServiceProvider services = null!;
    private TestOrganization organization = null!;

    [SetUp]
    public async Task Found_an_organization_with_a_profile()
    {
        organization = await TestOrganization.CreateAsync();
        services = (await TestDatabase.GetAsync()).ServicesWith("Maximum Pool Size=1;Application Name=failing");
        organization.Store = services.GetRequiredService<IProfileStore>();
        await organization.NameAsync("alice", "before");
    }

    [TearDown]
    public async Task Close_connections() => await services.DisposeAsync();

    // The statement that records the change comes after the one that makes it.
    [TestCase("profile_changes", 1, false)]
    [TestCase("profile_changes", 1, true)]
    [TestCase("profile_changes", 100, false)]
    [TestCase("write_requests", 1, true)]
    public async Task A_statement_that_fails_undoes_those_before_it(string table, int count, bool withRequests)
    {
        await using var failing = await FailingTable.CreateAsync(table, organization.Id);
        var writes = Enumerable.Range(0, count).Select(i => Write.To(
            i == 0 ? "alice" : $"user-{i}",
            patch => patch.Set(ProfileField.Nickname, "after"),
            request: withRequests ? Requests.New() : null));

        Assert.That(
            async () => await organization.WriteAsync(writes.ToArray()),
            Throws.InstanceOf<PostgresException>().With.Property("SqlState").EqualTo(PostgresErrorCodes.CheckViolation));

        await NothingHappenedAsync();
    }

    [Test]
    public async Task A_commit_that_fails_is_told_and_undoes_all_of_it()
    {
        await using var failing = await FailingCommit.CreateAsync("profile_changes", organization.Id);

        Assert.That(
            async () => await organization.NameAsync("alice", "after"),
            Throws.InstanceOf<PostgresException>().With.Property("SqlState").EqualTo(PostgresErrorCodes.RaiseException));

        await NothingHappenedAsync();
    }

    [Test]
    public async Task A_deletion_that_fails_undoes_all_of_it()
    {
        await using var failing = await FailingTable.CreateAsync("profile_changes", organization.Id);

        Assert.That(async () => await organization.DeleteAsync("alice"), Throws.InstanceOf<PostgresException>());

        await NothingHappenedAsync();
    }

    [Test]
    public async Task A_failed_batch_leaves_a_usable_connection()
    {
        await using (await FailingTable.CreateAsync("profile_changes", organization.Id))
            Assert.That(async () => await organization.NameAsync("alice", "after"), Throws.InstanceOf<PostgresException>());

        Assert.That((await organization.NameAsync("alice", "again")).Record!.Revision, Is.EqualTo(2));
        Assert.That(await SessionsAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_session_that_ended_while_idle_is_unavailable_once()
    {
        await organization.QueryAsync<bool>(
            "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE application_name = 'failing' AND $1 <> $2", "");

        IsUnavailable(async () => await organization.NameAsync("alice", "after"));
        Assert.That((await organization.NameAsync("alice", "again")).Record!.Revision, Is.EqualTo(2));
    }

    [Test]
    public async Task A_read_in_a_session_that_ended_is_unavailable_once()
    {
        await organization.QueryAsync<bool>(
            "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE application_name = 'failing' AND $1 <> $2", "");

        IsUnavailable(async () => await organization.GetAsync("alice"));
        Assert.That(await organization.GetAsync("alice"), Is.Not.Null);
    }

    [Test]
    public async Task A_write_whose_session_ends_is_unavailable_and_undone()
    {
        await using var row = await RowLock.HoldAsync(organization.Key("alice"));
        var write = organization.NameAsync("alice", "after");

        await row.EndSessionAsync(await row.WaitingSessionAsync());

        IsUnavailable(async () => await write.WaitAsync(Timeout));
        await row.ReleaseAsync();
        await NothingHappenedAsync();
    }

    [Test]
    public async Task A_write_that_waits_too_long_is_unavailable_and_undone()
    {
        await using var impatient = (await TestDatabase.GetAsync()).ServicesWith("Maximum Pool Size=1;Command Timeout=1");
        organization.Store = impatient.GetRequiredService<IProfileStore>();
        await using (await RowLock.HoldAsync(organization.Key("alice")))
            IsUnavailable(async () => await organization.NameAsync("alice", "after").WaitAsync(Timeout));

        await NothingHappenedAsync();
        Assert.That((await organization.NameAsync("alice", "again")).Record!.Revision, Is.EqualTo(2));
    }

    [Test]
    public async Task No_free_connection_is_unavailable()
    {
        await using var single = (await TestDatabase.GetAsync()).ServicesWith("Maximum Pool Size=1;Timeout=1");
        await using var busy = await single.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync();
        organization.Store = single.GetRequiredService<IProfileStore>();

        Task[] calls =
        [
            organization.GetAsync("alice"), organization.NameAsync("alice", "after"), organization.DeleteAsync("alice"),
            organization.Store.ForgetRequestsAsync(DateTime.UnixEpoch, default),
        ];
        foreach (var call in calls)
            IsUnavailable(() => call.WaitAsync(Timeout));
    }

    [Test]
    public async Task No_server_is_unavailable()
    {
        await using var nowhere = TestDatabase.ServicesOn("Host=/nonexistent;Username=profiles;Timeout=1");
        organization.Store = nowhere.GetRequiredService<IProfileStore>();

        IsUnavailable(async () => await organization.GetAsync("alice").WaitAsync(Timeout));
        IsUnavailable(async () => await organization.NameAsync("alice", "after").WaitAsync(Timeout));
    }

    private static void IsUnavailable(Func<Task> call) => Assert.That(
        async () => await call(),
        Throws.InstanceOf<ProfilesException>()
            .With.Property(nameof(ProfilesException.Reason)).EqualTo(ErrorReason.StorageUnavailable)
            .And.InnerException.Not.Null);

    private async Task NothingHappenedAsync()
    {
        var listed = await organization.Store.ListAsync(organization.Id, after: null, newestFirst: false, 10, default);
        Assert.That(listed.Single().Values[ProfileField.Nickname], Is.EqualTo("before"));
        Assert.That(listed[0].Revision, Is.EqualTo(1));
        Assert.That(await organization.HistoryAsync("alice"), Has.Count.EqualTo(1));
        Assert.That(
            await organization.QueryAsync<long>(
                "SELECT count(*) FROM write_requests WHERE organization_id = $1 AND $2 = 'alice'", "alice"),
            Is.Zero);
    }

    private Task<long> SessionsAsync() => organization.QueryAsync<long>(
        "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'failing' AND $1 <> $2", "");
}
