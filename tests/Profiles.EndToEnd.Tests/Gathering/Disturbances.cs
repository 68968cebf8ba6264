using Npgsql;

namespace Profiles.EndToEnd.Tests.Gathering;

/// <summary>What makes the statements of a batch fail: a row that the database refuses, conflicts, and connections that are cut.</summary>
/// <param name="database">The database.</param>
internal sealed class Disturbances(string database)
{
    /// <summary>Has some writes fail from now on, by what they write.</summary>
    public Task BeginAsync() => ExecuteAsync(
        $"""
        CREATE SEQUENCE conflicts;
        CREATE FUNCTION disturb() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF NEW.nickname = '{Caller.Poison}' THEN
                RAISE check_violation USING MESSAGE = 'A row that is refused.';
            ELSIF NEW.nickname LIKE '{Caller.Conflict}%' AND nextval('conflicts') % 4 = 0 THEN
                RAISE serialization_failure USING MESSAGE = 'A conflict that passes.';
            END IF;
            RETURN NEW;
        END
        $$;
        CREATE TRIGGER disturb BEFORE INSERT OR UPDATE ON profiles FOR EACH ROW EXECUTE FUNCTION disturb();
        """);

    /// <summary>Cuts all connections of the servers, whatever is under way on them.</summary>
    public Task CutConnectionsAsync() => ExecuteAsync(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
