using Profiles.Core.Audit;
using Profiles.Core.Identity;
using Profiles.Postgres.Connections;
using Profiles.Postgres.Profiles;

namespace Profiles.Postgres.Audit;

/// <summary>Reads events from PostgreSQL.</summary>
/// <param name="queries">Runs the queries.</param>
internal sealed class AuditStore(Queries queries) : IAuditStore
{
    public async Task<IReadOnlyList<AuditEvent>> ListAsync(
        OrganizationId organization, Guid? after, bool newestFirst, int limit, CancellationToken cancellationToken)
    {
        var rows = await queries.ReadAsync<AuditEventRow>(
            newestFirst ? AuditSql.ListNewestFirst : AuditSql.ListOldestFirst,
            cancellationToken,
            Parameters.Text(organization.Value),
            Parameters.Integer(limit),
            Parameters.Uuid(after ?? (newestFirst ? Guid.AllBitsSet : Guid.Empty)));
        return rows.ConvertAll(row => row.ToEvent());
    }
}
