using Npgsql;
using Profiles.Core.Identity;
using Profiles.Postgres.Connections;
using Profiles.Postgres.Profiles;

namespace Profiles.Postgres.Organizations;

/// <summary>
/// Removes what deleted organizations leave behind. Each step is a transaction of its own and can be done again, so that a crash in
/// between costs nothing; the lock is that of a connection, and goes with it.
/// </summary>
/// <param name="dataSource">The database.</param>
/// <param name="queries">Runs the steps.</param>
internal sealed class OrganizationRemoval(NpgsqlDataSource dataSource, Queries queries)
{
    public async Task<IReadOnlyList<OrganizationId>> RemoveAsync(DateTime time, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var tryLock = new NpgsqlCommand(RemovalSql.TryLock, connection, transaction);
        if (await tryLock.ExecuteScalarAsync(cancellationToken) is not true)
            return [];

        var removed = new List<OrganizationId>();
        foreach (var organization in await ListAsync(cancellationToken))
        {
            foreach (var statement in RemovalSql.AbandonFiles)
                await queries.ExecuteAsync(statement, cancellationToken, Parameters.Text(organization), Parameters.Time(time));
            await RemoveRowsAsync(organization, cancellationToken);
            if (await queries.ExecuteAsync(
                RemovalSql.RemoveOrganization, cancellationToken, Parameters.Text(organization), Parameters.Time(time)) > 0)
            {
                removed.Add(OrganizationId.Parse(organization));
            }
        }

        return removed;
    }

    private async Task<List<string>> ListAsync(CancellationToken cancellationToken)
    {
        var rows = await queries.ReadAsync<OrganizationRow>(RemovalSql.ListDeleted, cancellationToken);
        return rows.ConvertAll(row => row.OrganizationId);
    }

    private async Task RemoveRowsAsync(string organization, CancellationToken cancellationToken)
    {
        foreach (var statement in RemovalSql.RemoveRows)
        {
            while (await queries.ExecuteAsync(statement, cancellationToken, Parameters.Text(organization)) > 0)
            {
                // There may be more.
            }
        }
    }
}
