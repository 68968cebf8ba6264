using Npgsql;
using Profiles.Postgres.Connections;
using Profiles.Postgres.Tests.Database;
using Profiles.Postgres.Tests.Gathering;

namespace Profiles.Postgres.Tests.Connections;

/// <summary>Which connection is used next.</summary>
public class WarmConnectionsTests
{
    private NpgsqlDataSource dataSource = null!;
    private readonly ManualTime clock = new();
    private WarmConnections connections = null!;

    [SetUp]
    public Task Start() => StartAsync(poolSize: 100);

    [TearDown]
    public async Task Stop()
    {
        await connections.DisposeAsync();
        await dataSource.DisposeAsync();
    }

    [Test]
    public async Task The_one_that_was_used_last_is_used_next()
    {
        var first = await connections.RentAsync(default);
        var second = await connections.RentAsync(default);
        var (one, other) = (first.Connection.ProcessID, second.Connection.ProcessID);
        await second.DisposeAsync();
        await first.DisposeAsync();

        Assert.That(one, Is.Not.EqualTo(other));
        for (var i = 0; i < 5; i++)
        {
            await using var next = await connections.RentAsync(default);
            Assert.That(next.Connection.ProcessID, Is.EqualTo(one));
        }
    }

    [Test]
    public async Task One_that_broke_does_not_come_back_and_takes_the_others_with_it()
    {
        var leases = new[] { await connections.RentAsync(default), await connections.RentAsync(default) };
        var before = leases.Select(lease => lease.Connection.ProcessID).ToList();
        await leases[1].DisposeAsync();
        await EndSessionAsync(before[0]);
        Assert.That(async () => await SelectAsync(leases[0].Connection), Throws.InstanceOf<NpgsqlException>());
        await leases[0].DisposeAsync();

        await using var next = await connections.RentAsync(default);

        Assert.That(before, Has.None.EqualTo(next.Connection.ProcessID));
        Assert.That(await SelectAsync(next.Connection), Is.EqualTo(1));
    }

    [TestCase(64, WarmConnections.Most)]
    [TestCase(16, 2)]
    [TestCase(7, 0)]
    public async Task So_many_are_kept_of_a_pool(int poolSize, int kept)
    {
        await Stop();
        await StartAsync(poolSize);
        var leases = new List<WarmConnections.Lease>();
        for (var i = 0; i < Math.Min(poolSize, 12); i++)
            leases.Add(await connections.RentAsync(default));
        foreach (var lease in leases)
            await lease.DisposeAsync();

        // Whoever asks the pool gets all others.
        var others = new List<NpgsqlConnection>();
        for (var i = 0; i < poolSize - kept; i++)
            others.Add(await dataSource.OpenConnectionAsync());
        Assert.That(async () => await dataSource.OpenConnectionAsync(), Throws.InstanceOf<NpgsqlException>());
        foreach (var other in others)
            await other.DisposeAsync();
    }

    [Test]
    public async Task After_a_minute_it_goes_through_the_pool()
    {
        int first;
        await using (var lease = await connections.RentAsync(default))
            first = lease.Connection.ProcessID;
        // The pool has another one, which waits longer.
        var waiting = await dataSource.OpenConnectionAsync();
        var other = waiting.ProcessID;
        await waiting.DisposeAsync();

        clock.Advance(WarmConnections.KeptFor - TimeSpan.FromTicks(1));
        Assert.That(await UseAsync(), Is.EqualTo(first));
        clock.Advance(TimeSpan.FromTicks(1));
        Assert.That(await UseAsync(), Is.EqualTo(first), "It is handed back at the end of a use.");
        Assert.That(await UseAsync(), Is.EqualTo(other));
        clock.Advance(WarmConnections.KeptFor - TimeSpan.FromTicks(1));
        Assert.That(await UseAsync(), Is.EqualTo(other), "Each has its own minute.");
    }

    [Test]
    public async Task Who_has_given_up_gets_none()
    {
        await (await connections.RentAsync(default)).DisposeAsync();

        Assert.That(async () => await connections.RentAsync(new CancellationToken(canceled: true)), Throws.InstanceOf<OperationCanceledException>());
    }

    private async Task<int> UseAsync()
    {
        await using var lease = await connections.RentAsync(default);
        return lease.Connection.ProcessID;
    }

    private static async Task<int> SelectAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand("SELECT 1", connection);
        return (int)(await command.ExecuteScalarAsync())!;
    }

    private static async Task EndSessionAsync(int process)
    {
        await using var command = (await TestDatabase.GetAsync()).DataSource.CreateCommand($"SELECT pg_terminate_backend({process}, 10000)");
        await command.ExecuteNonQueryAsync();
    }

    private async Task StartAsync(int poolSize)
    {
        dataSource = NpgsqlDataSource.Create($"{(await TestDatabase.GetAsync()).ConnectionString};Maximum Pool Size={poolSize};Timeout=1");
        connections = new WarmConnections(dataSource, clock);
    }
}
