using Npgsql;
using Profiles.Core.Identity;

namespace Profiles.Postgres.Tests.Database;

/// <summary>Holds a profile's row, so that writes to it have to wait.</summary>
internal sealed class RowLock : IAsyncDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    private readonly NpgsqlConnection connection;
    private readonly NpgsqlTransaction transaction;

    private RowLock(NpgsqlConnection connection, NpgsqlTransaction transaction)
    {
        this.connection = connection;
        this.transaction = transaction;
    }

    public static async Task<RowLock> HoldAsync(ProfileKey key)
    {
        var session = await (await TestDatabase.GetAsync()).DataSource.OpenConnectionAsync();
        var held = new RowLock(session, await session.BeginTransactionAsync());
        await held.AddAsync(key);
        return held;
    }

    /// <summary>Holds one more row.</summary>
    public Task AddAsync(ProfileKey key) => ExecuteAsync(
        $"SELECT FROM profiles WHERE organization_id = '{key.Organization}' AND user_id = '{key.User}' FOR UPDATE");

    /// <summary>Holds the row of a username.</summary>
    public Task AddAsync(OrganizationId organization, string usernameKey) => ExecuteAsync(
        $"SELECT FROM usernames WHERE organization_id = '{organization}' AND key = '{usernameKey}' FOR UPDATE");

    /// <summary>Holds an organization's denylist, as a change of it does.</summary>
    public Task AddDenylistAsync(OrganizationId organization) => ExecuteAsync(
        $"SELECT pg_advisory_xact_lock(hashtextextended('{organization}', 5))");

    /// <summary>Gives a name to a user, which nobody else sees before <see cref="CommitAsync"/>.</summary>
    public Task GiveNameAsync(ProfileKey key, string usernameKey) => ExecuteAsync(
        $"INSERT INTO usernames (organization_id, key, owner_id) VALUES ('{key.Organization}', '{usernameKey}', '{key.User}')");

    /// <summary>Leaves it to others to find deadlocks.</summary>
    public Task BePatientAsync() => ExecuteAsync("SET LOCAL deadlock_timeout = '20s'");

    /// <summary>The process of the session that waits for this lock, once there is one.</summary>
    public async Task<int> WaitingSessionAsync()
    {
        using var limit = new CancellationTokenSource(Timeout);
        await using var command = new NpgsqlCommand(
            "SELECT pid FROM pg_stat_activity WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid)) LIMIT 1", connection);
        // Statistics of a transaction are a snapshot.
        while (true)
        {
            await ExecuteAsync("SELECT pg_stat_clear_snapshot()");
            if (await command.ExecuteScalarAsync(limit.Token) is int process)
                return process;
        }
    }

    /// <summary>Whether anybody waits for the session of a process.</summary>
    public async Task<bool> IsWaitedForAsync(int process)
    {
        await ExecuteAsync("SELECT pg_stat_clear_snapshot()");
        await using var command = new NpgsqlCommand(
            $"SELECT EXISTS (SELECT FROM pg_stat_activity WHERE {process} = ANY (pg_blocking_pids(pid)))", connection);
        return await command.ExecuteScalarAsync() is true;
    }

    public Task EndSessionAsync(int process) => ExecuteAsync($"SELECT pg_terminate_backend({process}, 10000)");

    public Task CommitAsync() => transaction.CommitAsync();

    public Task ReleaseAsync() => transaction.RollbackAsync();

    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        await connection.DisposeAsync();
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
