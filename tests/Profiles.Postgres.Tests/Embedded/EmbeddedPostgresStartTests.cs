using System.Buffers.Binary;
using Profiles.Postgres.Embedded;

namespace Profiles.Postgres.Tests.Embedded;

public class EmbeddedPostgresStartTests
{
    private Workspace place = null!;

    [SetUp]
    public void Make_a_folder() => place = new Workspace();

    [TearDown]
    public async Task Leave_nothing_behind() => await place.DisposeAsync();

    [Test]
    public async Task A_server_that_is_not_root_runs_the_database_as_itself()
    {
        Assume.That(Environment.IsPrivilegedProcess, "only root can become another user");
        await Tool.RequireAsync("chown", ["nobody", place.Top], user: null, CancellationToken.None);

        using var server = await ServerProcess.StartAsync(place.Data.Root, "nobody");
        var postmasters = await place.PostmastersAsync();

        Assert.That(await Workspace.QueryAsync(server.ConnectionString, "SELECT 1"), Is.EqualTo(1));
        Assert.That((await Postmasters.DescribeAsync(postmasters.Single())).User, Is.EqualTo("nobody"));
    }

    [Test]
    public async Task Root_runs_an_existing_cluster_as_its_owner()
    {
        Assume.That(Environment.IsPrivilegedProcess, "only root can become another user");
        await Tool.RequireAsync("chown", ["nobody", place.Top], user: null, CancellationToken.None);
        using (var server = await ServerProcess.StartAsync(place.Data.Root, "nobody"))
            await server.KillAsync();

        await using var database = await place.StartAsync();

        Assert.That((await Postmasters.DescribeAsync(database.ProcessId)).User, Is.EqualTo("nobody"));
    }

    [Test]
    public async Task A_stop_leaves_the_database_clean_and_a_restart_finds_its_data()
    {
        await using (var first = await place.StartAsync())
        {
            await Workspace.QueryAsync(first.ConnectionString, "CREATE TABLE kept AS SELECT 42 AS value");
            Assert.That(ClusterState(), Is.Not.EqualTo("shut down"));
        }

        Assert.That(await place.PostmastersAsync(), Is.Empty);
        Assert.That(ClusterState(), Is.EqualTo("shut down"));
        await using var second = await place.StartAsync();
        Assert.That(await Workspace.QueryAsync(second.ConnectionString, "SELECT value FROM kept"), Is.EqualTo(42));
    }

    [Test]
    public async Task An_interrupted_initdb_leaves_nothing_in_the_way()
    {
        using var interruption = new CancellationTokenSource();
        var start = place.StartAsync(interruption.Token);
        await place.Log.LoggedAsync(2110);
        await interruption.CancelAsync();
        Assert.That(async () => await start, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(Directory.Exists(place.Data.Cluster), Is.False);
        // What a power cut leaves.
        Directory.CreateDirectory(Path.Combine(place.Data.UnfinishedCluster, "base"));

        await using var database = await place.StartAsync();

        Assert.That(await Workspace.QueryAsync(database.ConnectionString, "SELECT 1"), Is.EqualTo(1));
        Assert.That(Directory.Exists(place.Data.UnfinishedCluster), Is.False);
    }

    [Test]
    public async Task A_path_too_long_for_a_socket_gets_one_elsewhere_which_goes_with_the_stop()
    {
        var deep = Path.Combine(place.Data.Root, new string('d', 100), new string('e', 100));
        string sockets;
        var options = new EmbeddedPostgresOptions { DataFolder = deep, BinariesFolder = Workspace.Binaries };
        await using (var database = await place.StartAsync(options))
        {
            sockets = (string)(await Workspace.QueryAsync(database.ConnectionString, "SHOW unix_socket_directories"))!;
            var attached = await EmbeddedPostgres.TryAttachAsync(deep, TimeProvider.System);

            Assert.That(sockets, Does.StartWith("/tmp/profiles-"));
            Assert.That(attached, Is.EqualTo(database.ConnectionString));
        }
        Assert.That(Directory.Exists(sockets), Is.False);
    }

    [Test]
    public void Data_of_another_major_version_is_left_alone()
    {
        var cluster = place.Data.Cluster;
        Directory.CreateDirectory(cluster);
        File.WriteAllText(Path.Combine(cluster, "PG_VERSION"), "9\n");

        Assert.That(
            async () => await place.StartAsync(),
            Throws.TypeOf<EmbeddedPostgresException>()
                .With.Message.Contains("made by PostgreSQL 9").And.Message.Contains("postgresql-9"));
    }

    [Test]
    public void A_parent_that_the_databases_user_cannot_enter_is_named()
    {
        Assume.That(Environment.IsPrivilegedProcess, "only root changes the user");
        var closed = Path.Combine(place.Top, "closed");
        Directory.CreateDirectory(closed, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var options = new EmbeddedPostgresOptions { DataFolder = Path.Combine(closed, "below", "data") };

        Assert.That(
            async () => await place.StartAsync(options),
            Throws.TypeOf<EmbeddedPostgresException>()
                .With.Message.Contains($"'{closed}'").And.Message.Contains("PROFILES_DATA"));
        Assert.That(Directory.EnumerateFileSystemEntries(closed), Is.Empty);
    }

    [Test]
    public async Task Programs_that_the_databases_user_cannot_reach_are_copied()
    {
        Assume.That(Environment.IsPrivilegedProcess, "only root changes the user");
        var installed = await Workspace.InstalledAsync();
        var closed = Path.Combine(place.Top, "closed");
        foreach (var part in new[] { "bin", "lib", "share" })
        {
            Directory.CreateDirectory(Path.Combine(closed, part));
            // Debian's share folder is elsewhere, and found there.
            var source = Path.Combine(Path.GetDirectoryName(installed.Folder)!, part);
            if (Directory.Exists(source))
                await Tool.RequireAsync("cp", ["-RP", source, closed], user: null, CancellationToken.None);
        }
        File.SetUnixFileMode(closed, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        await using var database = await place.StartAsync(
            new EmbeddedPostgresOptions { DataFolder = place.Data.Root, BinariesFolder = Path.Combine(closed, "bin") });

        Assert.That(place.Log.HasLogged(2111), Is.True);
        Assert.That(
            await RunningProcess.ArgumentsAsync(database.ProcessId, CancellationToken.None),
            Does.StartWith(Path.Combine(place.Data.Root, "binaries", installed.Version, "bin", "postgres")));
    }

    // Where pg_controldata looks: DBState in global/pg_control (PostgreSQL, pg_control.h).
    private string ClusterState()
    {
        const int offset = 16;
        const int shutDown = 1;
        var control = File.ReadAllBytes(Path.Combine(place.Data.Cluster, "global", "pg_control"));
        var state = BinaryPrimitives.ReadInt32LittleEndian(control.AsSpan(offset));
        return state == shutDown ? "shut down" : $"DBState {state}";
    }
}
