using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Profiles.Core.Fields;
using Profiles.Core.Storage;
using Profiles.Postgres.Tests.Database;

namespace Profiles.Postgres.Tests.Profiles;

/// <summary>A connection prepares the statements that it runs repeatedly, as its settings say.</summary>
public class PreparedStatementTests
{
    private const int Uses = 7;

    private TestOrganization organization = null!;

    [SetUp]
    public async Task Found_an_organization() => organization = await TestOrganization.CreateAsync();

    [Test]
    public async Task Every_statement_of_writes_and_reads_is_prepared_and_used()
    {
        var prepared = await PreparedAfterUseAsync(settings: "");

        // Those that run with and without a request id are the same statements.
        string[] all =
        [
            "BEGIN", "COMMIT", "INSERT INTO write_requests", "INSERT INTO profiles ", "SELECT user_id FROM profiles",
            "UPDATE profiles p SET\n", "INSERT INTO profile_changes", "UPDATE write_requests r", "SELECT organization_id",
            "SELECT k.request_id", "SELECT revision",
        ];
        foreach (var start in all)
            Assert.That(prepared.Keys, Has.Some.StartsWith(start));
        Assert.That(prepared.Values, Is.All.GreaterThanOrEqualTo(Uses - 2));
    }

    [Test]
    public async Task A_pooler_can_switch_preparing_off() =>
        Assert.That(await PreparedAfterUseAsync("Max Auto Prepare=0"), Is.Empty);

    /// <summary>How often each prepared statement was run, by its text.</summary>
    private async Task<Dictionary<string, long>> PreparedAfterUseAsync(string settings)
    {
        await using var services = (await TestDatabase.GetAsync()).ServicesWith($"Maximum Pool Size=1;{settings}");
        var store = organization.Store = services.GetRequiredService<IProfileStore>();
        for (var i = 0; i < Uses; i++)
        {
            await organization.NameAsync("alice", $"{i}", request: Requests.New());
            await organization.WriteAsync(
                Write.To("alice", patch => patch.Set(ProfileField.Level, i)),
                Write.To("bob", patch => patch.Set(ProfileField.Level, i)));
            await organization.GetAsync("alice");
            await store.GetManyAsync(organization.Id, [organization.Key("alice").User], default);
            await store.ListAsync(organization.Id, after: null, newestFirst: true, 10, default);
            await store.ListAsync(organization.Id, after: null, newestFirst: false, 10, default);
            await organization.HistoryAsync("alice");
        }

        await using var connection = await services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync();
        await using var command = new NpgsqlCommand(
            "SELECT statement, generic_plans + custom_plans FROM pg_prepared_statements WHERE NOT from_sql", connection);
        await using var reader = await command.ExecuteReaderAsync();
        var statements = new Dictionary<string, long>(StringComparer.Ordinal);
        while (await reader.ReadAsync())
            statements.Add(reader.GetString(0), reader.GetInt64(1));
        return statements;
    }
}
