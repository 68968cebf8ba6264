using Npgsql;
using Profiles.Core.Audit;
using Profiles.Postgres.Tests.Database;

namespace Profiles.Postgres.Tests.Credentials;

/// <summary>What the audit says of a credential.</summary>
internal static class AuditLog
{
    /// <summary>The actions, in their order. Each event must have what <see cref="SampleCredentials.NewEvent"/> gave it.</summary>
    public static async Task<List<AuditAction>> ReadAsync(Guid resource)
    {
        await using var command = (await TestDatabase.GetAsync()).DataSource.CreateCommand(
            """
            SELECT action FROM audit_events
            WHERE resource_id = $1 AND changed_fields = '{a,b}' AND actor_type = 5 AND actor_id = 'root'
                AND credential_id = 'credential-1' AND http_request_id = 'request-1'
            ORDER BY event_id
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = resource.ToString() });
        var actions = new List<AuditAction>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            actions.Add((AuditAction)reader.GetInt16(0));
        return actions;
    }
}
