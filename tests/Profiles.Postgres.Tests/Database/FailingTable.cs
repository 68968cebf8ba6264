using Profiles.Core.Identity;

namespace Profiles.Postgres.Tests.Database;

/// <summary>Makes writes to one table fail for one organization until it is disposed of.</summary>
internal sealed class FailingTable : IAsyncDisposable
{
    private readonly string table;

    private FailingTable(string table) => this.table = table;

    public static async Task<FailingTable> CreateAsync(string table, OrganizationId organization)
    {
        var condition = table == "write_requests" ? "outcome IS NULL" : "false";
        await ExecuteAsync(
            $"ALTER TABLE {table} ADD CONSTRAINT failing CHECK (organization_id <> '{organization}' OR {condition}) NOT VALID");
        return new FailingTable(table);
    }

    public async ValueTask DisposeAsync() => await ExecuteAsync($"ALTER TABLE {table} DROP CONSTRAINT failing");

    private static async Task ExecuteAsync(string sql)
    {
        await using var command = (await TestDatabase.GetAsync()).DataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
