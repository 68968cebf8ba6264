using Npgsql;
using Profiles.EndToEnd.Tests.Harness;

namespace Profiles.EndToEnd.Tests.Organizations;

/// <summary>A server removes in the background what a deleted organization leaves behind, also what a crash left to do.</summary>
internal sealed class RemovalTests
{
    private const string Left =
        """
        SELECT (SELECT count(*) FROM profiles WHERE organization_id = 'gone') + (SELECT count(*) FROM profile_changes WHERE organization_id = 'gone')
            + (SELECT count(*) FROM write_requests WHERE organization_id = 'gone') + (SELECT count(*) FROM organizations WHERE organization_id = 'gone')
        """;

    private const int OrganizationRemovedEvent = 1032;
    private const int Profiles = 3000;

    [Test]
    public async Task A_removal_that_a_crash_interrupted_is_finished_by_the_next_server_and_the_id_is_free_again()
    {
        using var data = new DataFolder();
        await using (var crashing = await ServerProcess.StartAsync(data.Settings))
        {
            Assert.That((await ServerProgram.RunAsync(data.Settings, "organization", "create", "--id", "gone")).ExitCode, Is.Zero);
            await ExecuteAsync(data, $"INSERT INTO profiles (organization_id, user_id, revision, change_id, change_type, changed_fields, created_at, changed_at) SELECT 'gone', 'user-' || i, 1, gen_random_uuid(), 1, 0, now(), now() FROM generate_series(1, {Profiles}) i");
            await ExecuteAsync(data, "INSERT INTO profile_changes (organization_id, user_id, revision, change_type, changed_at, actor_type, actor_id, changed_fields, replaces_attributes) SELECT organization_id, user_id, 1, 1, now(), 2, 'x', 0, false FROM profiles WHERE organization_id = 'gone'");
            // As a deletion leaves it, ten minutes ago.
            await ExecuteAsync(data, "UPDATE organizations SET deleted_at = now() - interval '10 minutes' WHERE organization_id = 'gone'");
            await crashing.KillAsync();
        }

        await using var server = await ServerProcess.StartAsync(data.Settings);
        await server.WaitForEventAsync(OrganizationRemovedEvent);

        Assert.That(await ExecuteAsync(data, Left), Is.EqualTo(0L));
        Assert.That(await ExecuteAsync(data, "SELECT count(*) FROM audit_events WHERE organization_id = 'gone'"), Is.EqualTo(1L));
        Assert.That((await ServerProgram.RunAsync(data.Settings, "organization", "create", "--id", "gone")).ExitCode, Is.Zero);
        Assert.That(server.Errors(), Is.Empty);
    }

    private static async Task<object?> ExecuteAsync(DataFolder data, string sql)
    {
        await using var connection = new NpgsqlConnection(await ExternalDatabase.ConnectAsync("profiles", data));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
