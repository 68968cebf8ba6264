using Profiles.Core.Identity;

namespace Profiles.Postgres.Tests.Database;

/// <summary>Makes transactions that wrote to one table for one organization fail at their very end, until it is disposed of.</summary>
internal sealed class FailingCommit : IAsyncDisposable
{
    private readonly string table;

    private FailingCommit(string table) => this.table = table;

    public static async Task<FailingCommit> CreateAsync(string table, OrganizationId organization)
    {
        await ExecuteAsync(
            $"""
            CREATE FUNCTION fail_at_commit() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'not this one'; END $$;
            CREATE CONSTRAINT TRIGGER failing_commit AFTER INSERT ON {table} DEFERRABLE INITIALLY DEFERRED
                FOR EACH ROW WHEN (NEW.organization_id = '{organization}') EXECUTE FUNCTION fail_at_commit()
            """);
        return new FailingCommit(table);
    }

    public async ValueTask DisposeAsync() =>
        await ExecuteAsync($"DROP TRIGGER failing_commit ON {table}; DROP FUNCTION fail_at_commit()");

    private static async Task ExecuteAsync(string sql)
    {
        await using var command = (await TestDatabase.GetAsync()).DataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
