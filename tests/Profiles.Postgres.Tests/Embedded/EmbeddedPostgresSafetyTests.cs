using Npgsql;
using Profiles.Postgres.Embedded;

namespace Profiles.Postgres.Tests.Embedded;

/// <summary>What holds of every running database; one serves all these tests.</summary>
public class EmbeddedPostgresSafetyTests
{
    private Workspace place = null!;
    private EmbeddedPostgres database = null!;

    [OneTimeSetUp]
    public async Task Start_a_database()
    {
        place = new Workspace();
        database = await place.StartAsync();
    }

    [OneTimeTearDown]
    public async Task Stop_it()
    {
        await database.DisposeAsync();
        await place.DisposeAsync();
    }

    [TestCase("listen_addresses", "")]
    [TestCase("unix_socket_permissions", "0700")]
    [TestCase("data_checksums", "on")]
    [TestCase("fsync", "on")]
    [TestCase("full_page_writes", "on")]
    [TestCase("synchronous_commit", "on")]
    [TestCase("server_encoding", "UTF8")]
    [TestCase("password_encryption", "scram-sha-256")]
    [TestCase("timezone", "UTC")]
    public async Task A_setting_is(string name, string value) =>
        Assert.That(await Workspace.QueryAsync(database.ConnectionString, $"SHOW {name}"), Is.EqualTo(value));

    [Test]
    public async Task The_connection_is_to_the_database_profiles_of_its_owner_sorted_by_byte()
    {
        const string sql = "SELECT concat_ws(' ', datname, datdba::regrole, datcollate, datctype) "
            + "FROM pg_database WHERE datname = current_database()";

        Assert.That(await Workspace.QueryAsync(database.ConnectionString, sql), Is.EqualTo("profiles profiles C C"));
    }

    [Test]
    public async Task It_runs_as_another_user_than_root_and_out_of_reach_of_the_terminal()
    {
        var (user, session) = await Postmasters.DescribeAsync(database.ProcessId);

        Assert.That(user, Is.Not.EqualTo("root"));
        Assert.That(session, Is.EqualTo(database.ProcessId));
    }

    [Test]
    public async Task Nobody_else_can_read_the_password_or_enter_the_folders()
    {
        var data = place.Data;

        Assert.That(
            new[] { data.Password, data.Lock }.Select(File.GetUnixFileMode),
            Is.All.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.That(
            new[] { data.Cluster, data.Sockets, data.Logs }.Select(File.GetUnixFileMode),
            Is.All.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
        Assert.That(File.Exists(data.InitialPassword), Is.False);
        const string rules = "SELECT string_agg(type || ' ' || auth_method, ',') FROM pg_hba_file_rules";
        Assert.That(await Workspace.QueryAsync(database.ConnectionString, rules), Is.EqualTo("local scram-sha-256"));
    }

    [Test]
    public void Nobody_gets_in_with_another_password()
    {
        var guess = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Password = "guess", Pooling = false };

        Assert.That(
            async () => await Workspace.QueryAsync(guess.ConnectionString, "SELECT 1"),
            Throws.TypeOf<PostgresException>().With.Property(nameof(PostgresException.SqlState)).EqualTo("28P01"));
    }

    [Test]
    public async Task The_log_holds_no_data_of_a_failed_statement()
    {
        const string secret = "value-of-a-person";
        const string twice = $"CREATE TEMP TABLE t (v text UNIQUE); INSERT INTO t VALUES ('{secret}'), ('{secret}')";
        Assert.That(
            async () => await Workspace.QueryAsync(database.ConnectionString, twice),
            Throws.TypeOf<PostgresException>());

        var log = await Workspace.QueryAsync(database.ConnectionString, "SELECT pg_read_file(pg_current_logfile())");

        Assert.That(log, Does.Contain("duplicate key").And.Not.Contain(secret));
    }

    [Test]
    public async Task A_second_server_on_the_same_folder_is_refused_and_harms_nothing()
    {
        Assert.That(
            async () => await place.StartAsync(),
            Throws.TypeOf<EmbeddedPostgresException>()
                .With.Message.Contains(place.Data.Root).And.Message.Contains("PROFILES_DATA"));
        Assert.That(await Workspace.QueryAsync(database.ConnectionString, "SELECT 1"), Is.EqualTo(1));
        Assert.That(await place.PostmastersAsync(), Is.EqualTo(new[] { database.ProcessId }));
    }
}
