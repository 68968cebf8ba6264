using Microsoft.Extensions.Logging;

namespace Profiles.Postgres.Embedded;

/// <summary>Starts the database server on a prepared data folder, the first time and again after a crash.</summary>
internal sealed class PostmasterLauncher(
    EmbeddedPostgresOptions options,
    PostgresBinaries binaries,
    DataFolder data,
    string socketFolder,
    DatabaseUser user,
    ILogger logger,
    TimeProvider time)
{
    /// <summary>Starts one and waits until it accepts connections. One that still runs is stopped before.</summary>
    /// <exception cref="EmbeddedPostgresException">It did not become ready; it was stopped.</exception>
    public async Task<Postmaster> StartAsync(CancellationToken cancellationToken)
    {
        await LeftoverPostmaster.StopAsync(data, options.StopTimeout, time, logger, cancellationToken);
        SocketFolder.RemoveStaleLock(socketFolder);
        var (program, arguments) = PostmasterCommand.For(binaries, data, socketFolder);
        var postmaster = new Postmaster(Tool.Start(program, arguments, user.Name), time);
        try
        {
            await postmaster.WaitUntilReadyAsync(data, options.StartTimeout, cancellationToken);
            logger.Started(binaries.Version, postmaster.ProcessId, user.Name ?? Environment.UserName, data.Root);
            return postmaster;
        }
        catch
        {
            await StopAsync(postmaster);
            throw;
        }
    }

    /// <summary>Stops one, if it has not ended, and says how.</summary>
    public async Task StopAsync(Postmaster postmaster)
    {
        var running = !postmaster.Exited.IsCompleted;
        var signal = await postmaster.StopAsync(options.StopTimeout);
        if (running && signal == Signal.FastShutdown)
            logger.Stopped(postmaster.ProcessId);
        else if (running)
            logger.StoppedByForce(postmaster.ProcessId, options.StopTimeout, signal);
        postmaster.Dispose();
    }
}
