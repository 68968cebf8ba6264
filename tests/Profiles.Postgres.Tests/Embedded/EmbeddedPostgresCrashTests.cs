using Npgsql;
using Profiles.Postgres.Embedded;

namespace Profiles.Postgres.Tests.Embedded;

public class EmbeddedPostgresCrashTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private Workspace place = null!;

    [SetUp]
    public void Make_a_folder() => place = new Workspace();

    [TearDown]
    public async Task Leave_nothing_behind() => await place.DisposeAsync();

    [Test]
    public async Task A_database_that_is_killed_again_and_again_is_restarted_and_has_what_it_acknowledged()
    {
        await using var database = await place.StartAsync();
        await Workspace.QueryAsync(database.ConnectionString, "CREATE TABLE written (value int PRIMARY KEY)");
        var written = 0;
        for (var kill = 1; kill <= 4; kill++)
        {
            var before = database.ProcessId;
            var enough = new TaskCompletionSource();
            var writer = WriteUntilBrokenAsync(database.ConnectionString, written, enough);
            await enough.Task.WaitAsync(Timeout);

            Signals.Send(before, Signal.Kill);
            var acknowledged = await writer.WaitAsync(Timeout);
            await place.Log.LoggedAsync(2131);

            Assert.That(await place.PostmastersAsync(), Has.Length.EqualTo(1).And.No.Member(before));
            Assert.That(await RowsAsync("value <= " + acknowledged), Is.EqualTo(acknowledged));
            // The one that was on its way when the connection broke may have been kept as well.
            written = acknowledged + (int)await RowsAsync("value > " + acknowledged);
        }

        async Task<long> RowsAsync(string condition) =>
            (long)(await Workspace.QueryAsync(database.ConnectionString, $"SELECT count(*) FROM written WHERE {condition}"))!;
    }

    [Test]
    public async Task A_database_that_cannot_be_restarted_is_given_up()
    {
        var options = new EmbeddedPostgresOptions
        {
            DataFolder = place.Data.Root,
            BinariesFolder = Workspace.Binaries,
            RestartDelays = [TimeSpan.Zero, TimeSpan.Zero],
        };
        await using var database = await place.StartAsync(options);
        Directory.Move(place.Data.Cluster, Path.Combine(place.Top, "gone"));

        Signals.Send(database.ProcessId, Signal.Kill);

        Assert.That(
            async () => await database.Completion.WaitAsync(Timeout),
            Throws.TypeOf<EmbeddedPostgresException>().With.Message.Contains("2 attempts"));
        Assert.That(place.Log.HasLogged(2132), Is.True);
        Assert.That(place.Log.HasLogged(2133), Is.True);
    }

    [Test]
    public async Task The_database_of_a_killed_server_is_replaced_and_never_are_there_two()
    {
        using var killed = await ServerProcess.StartAsync(place.Data.Root);
        await Workspace.QueryAsync(killed.ConnectionString, "CREATE TABLE kept AS SELECT 42 AS value");
        await killed.KillAsync();
        var leftover = (await place.PostmastersAsync()).Single();

        await using var database = await place.StartAsync();

        Assert.That(place.Log.HasLogged(2120), Is.True);
        Assert.That(await place.PostmastersAsync(), Is.EqualTo(new[] { database.ProcessId }).And.No.Member(leftover));
        Assert.That(await Workspace.QueryAsync(database.ConnectionString, "SELECT value FROM kept"), Is.EqualTo(42));
    }

    [Test]
    public async Task Server_and_database_killed_together_recover()
    {
        using var killed = await ServerProcess.StartAsync(place.Data.Root);
        await Workspace.QueryAsync(killed.ConnectionString, "CREATE TABLE kept AS SELECT 42 AS value");
        var leftover = (await place.PostmastersAsync()).Single();
        await killed.KillAsync();
        Signals.Send(leftover, Signal.Kill);

        await using var database = await place.StartAsync();

        Assert.That(await Workspace.QueryAsync(database.ConnectionString, "SELECT value FROM kept"), Is.EqualTo(42));
    }

    [Test]
    public async Task A_process_number_that_another_program_has_by_now_is_no_obstacle()
    {
        await using (await place.StartAsync())
        {
            // Made and stopped.
        }
        var data = place.Data;
        var user = await DatabaseUser.ChooseAsync(data, CancellationToken.None);
        using var other = Tool.Start("sleep", ["60"], user.Name);
        try
        {
            await File.WriteAllTextAsync(PostmasterFile.PathIn(data), $"{other.Id}\n{data.Cluster}\n0\n5432\n{data.Sockets}\n\n");
            var socketLock = Path.Combine(data.Sockets, ".s.PGSQL.5432.lock");
            await File.WriteAllTextAsync(socketLock, $"{other.Id}\n{data.Cluster}\n0\n5432\n");

            await using var database = await place.StartAsync();

            Assert.That(place.Log.HasLogged(2121), Is.True);
            Assert.That(await Workspace.QueryAsync(database.ConnectionString, "SELECT 1"), Is.EqualTo(1));
            Assert.That(other.HasExited, Is.False);
        }
        finally
        {
            other.Kill();
        }
    }

    [Test]
    public async Task A_command_beside_a_server_attaches_to_its_database()
    {
        Assert.That(await place.AttachAsync(), Is.Null, "no folder");
        using var server = await ServerProcess.StartAsync(place.Data.Root);
        Assert.That(await place.AttachAsync(), Is.EqualTo(server.ConnectionString), "beside a server");
        await server.KillAsync();
        Assert.That(await place.AttachAsync(), Is.EqualTo(server.ConnectionString), "beside a database that was left running");
        await using (await place.StartAsync())
        {
            // Takes its place.
        }
        Assert.That(await place.AttachAsync(), Is.Null, "after a stop");
    }

    [Test]
    public async Task A_command_waits_for_a_server_that_is_starting()
    {
        var start = place.StartAsync();
        await place.Log.LoggedAsync(2110);

        var attached = await place.AttachAsync();

        await using var database = await start;
        Assert.That(attached, Is.EqualTo(database.ConnectionString));
    }

    private static async Task<int> WriteUntilBrokenAsync(string connectionString, int written, TaskCompletionSource enough)
    {
        var single = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false };
        await using var connection = new NpgsqlConnection(single.ConnectionString);
        await connection.OpenAsync();
        for (var value = written + 1; ; value++)
        {
            try
            {
                await using var insert = new NpgsqlCommand($"INSERT INTO written VALUES ({value})", connection);
                await insert.ExecuteNonQueryAsync();
            }
            catch (NpgsqlException)
            {
                return value - 1;
            }
            if (value == written + 50)
                enough.SetResult();
        }
    }
}
