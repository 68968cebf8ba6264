using Microsoft.Extensions.Logging;

namespace Profiles.Postgres.Embedded;

/// <summary>
/// A postmaster that outlived a server which was killed. It is stopped (fast shutdown, so nothing is lost) and a new one
/// started: that takes a moment longer than going on with the old one, but the new one is this process's child, whose end
/// is noticed at once, and runs with this version's settings. Only the holder of the data folder's lock may do so.
/// </summary>
internal static class LeftoverPostmaster
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>
    /// Stops it, if there is one. A postmaster.pid that names a process which is none of ours is removed: PostgreSQL would
    /// refuse to start beside it. Its own guard (the shared memory of this cluster) still stands if that was wrong.
    /// </summary>
    /// <exception cref="EmbeddedPostgresException">It would not stop.</exception>
    public static async Task StopAsync(
        DataFolder data, TimeSpan patience, TimeProvider time, ILogger logger, CancellationToken cancellationToken)
    {
        if (PostmasterFile.Read(data) is not { ProcessId: var processId })
            return;
        if (await RunsAsync(processId, data, cancellationToken))
        {
            logger.StoppingLeftover(processId, data.Root);
            await EndAsync(processId, data, patience, time, cancellationToken);
        }
        else if (await RunningProcess.ArgumentsAsync(processId, cancellationToken) is not null)
        {
            logger.RemovingStaleFile(PostmasterFile.PathIn(data), processId);
            File.Delete(PostmasterFile.PathIn(data));
        }
    }

    /// <summary>Whether a process is a postmaster of this cluster, which <see cref="PostmasterCommand"/> started.</summary>
    private static async Task<bool> RunsAsync(int processId, DataFolder data, CancellationToken cancellationToken) =>
        await RunningProcess.ArgumentsAsync(processId, cancellationToken) is { } arguments
        && arguments.Contains(PostmasterCommand.ClusterArguments(data), StringComparison.Ordinal);

    private static async Task EndAsync(
        int processId, DataFolder data, TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        foreach (var signal in Enum.GetValues<Signal>())
        {
            Signals.Send(processId, signal);
            for (var sent = time.GetTimestamp(); time.GetElapsedTime(sent) < patience;)
            {
                if (!await RunsAsync(processId, data, cancellationToken))
                    return;
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
        throw new EmbeddedPostgresException(
            $"A PostgreSQL (process {processId}) that an earlier server has left running on '{data.Root}' does not stop. "
            + "End it by hand.");
    }
}
