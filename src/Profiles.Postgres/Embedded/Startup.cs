using System.Runtime.Versioning;
using Microsoft.Extensions.Logging;

namespace Profiles.Postgres.Embedded;

/// <summary>The way from a data folder, whose lock is held, to a database that is watched over.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class Startup(
    EmbeddedPostgresOptions options, DataFolder data, DatabaseUser user, ILogger logger, TimeProvider time)
{
    /// <summary>Finds the programs, makes what is missing, and starts.</summary>
    public async Task<(PostmasterSupervisor Supervisor, string ConnectionString)> RunAsync(CancellationToken cancellationToken)
    {
        var binaries = await FindBinariesAsync(cancellationToken);
        await Cluster.EnsureAsync(binaries, data, user, logger, cancellationToken);
        await OwnedFolder.CreateLogsAsync(data, user, cancellationToken);
        // Before its socket's folder is made anew.
        await LeftoverPostmaster.StopAsync(data, options.StopTimeout, time, logger, cancellationToken);
        var sockets = await SocketFolder.PrepareAsync(data, user, cancellationToken);
        var connectionString = Cluster.ConnectionString(data, sockets);
        var launcher = new PostmasterLauncher(options, binaries, data, sockets, user, logger, time);
        var postmaster = await StartWithDatabaseAsync(launcher, connectionString, cancellationToken);
        return (new PostmasterSupervisor(postmaster, launcher, options.RestartDelays, logger, time), connectionString);
    }

    private async Task<PostgresBinaries> FindBinariesAsync(CancellationToken cancellationToken)
    {
        var candidates = PostgresInstallations.Candidates(Environment.GetEnvironmentVariable("PATH"));
        var found = await PostgresBinaries.FindAsync(options.BinariesFolder, data.ClusterMajor(), candidates, cancellationToken);
        return await ReachableBinaries.ProvideAsync(found, data, user, logger, cancellationToken);
    }

    private static async Task<Postmaster> StartWithDatabaseAsync(
        PostmasterLauncher launcher, string connectionString, CancellationToken cancellationToken)
    {
        var postmaster = await launcher.StartAsync(cancellationToken);
        try
        {
            await Cluster.EnsureDatabaseAsync(connectionString, cancellationToken);
            return postmaster;
        }
        catch
        {
            await launcher.StopAsync(postmaster);
            throw;
        }
    }
}
