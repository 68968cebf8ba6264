using Microsoft.Extensions.Logging;

namespace Profiles.Postgres.Embedded;

/// <summary>Every event that the embedded PostgreSQL logs: 2100–2199. None holds a secret or personal data.</summary>
internal static partial class EmbeddedPostgresLog
{
    [LoggerMessage(2100, LogLevel.Information,
        "PostgreSQL {Version} is ready: process {ProcessId}, user {User}, data in {DataFolder}")]
    public static partial void Started(this ILogger logger, string version, int processId, string user, string dataFolder);

    [LoggerMessage(2101, LogLevel.Information, "PostgreSQL (process {ProcessId}) has stopped; the database is left clean")]
    public static partial void Stopped(this ILogger logger, int processId);

    [LoggerMessage(2102, LogLevel.Warning,
        "PostgreSQL (process {ProcessId}) did not stop within {Timeout}: ended with {Signal}, it recovers at its next start")]
    public static partial void StoppedByForce(this ILogger logger, int processId, TimeSpan timeout, Signal signal);

    [LoggerMessage(2110, LogLevel.Information, "Creating a database cluster of PostgreSQL {Version} in {Cluster}")]
    public static partial void CreatingCluster(this ILogger logger, string cluster, string version);

    [LoggerMessage(2111, LogLevel.Information,
        "Copying PostgreSQL {Version} from {Source} to {Copy}, for user {User} cannot reach it where it is")]
    public static partial void CopyingBinaries(this ILogger logger, string version, string source, string copy, string? user);

    [LoggerMessage(2120, LogLevel.Warning,
        "Stopping a PostgreSQL (process {ProcessId}) that an earlier server has left running on {DataFolder}")]
    public static partial void StoppingLeftover(this ILogger logger, int processId, string dataFolder);

    [LoggerMessage(2121, LogLevel.Warning, "Removing the stale {File}: process {ProcessId} is another program by now")]
    public static partial void RemovingStaleFile(this ILogger logger, string file, int processId);

    [LoggerMessage(2130, LogLevel.Error,
        "PostgreSQL (process {ProcessId}) ended unasked with exit code {ExitCode}; it is restarted")]
    public static partial void EndedUnasked(this ILogger logger, int processId, int exitCode);

    [LoggerMessage(2131, LogLevel.Warning, "PostgreSQL runs again as process {ProcessId}, at attempt {Attempt}")]
    public static partial void Restarted(this ILogger logger, int processId, int attempt);

    [LoggerMessage(2132, LogLevel.Error, "Attempt {Attempt} of {Attempts} to restart PostgreSQL failed")]
    public static partial void RestartFailed(this ILogger logger, int attempt, int attempts, Exception failure);

    [LoggerMessage(2133, LogLevel.Critical, "PostgreSQL could not be started again in {Attempts} attempts: given up")]
    public static partial void GivenUp(this ILogger logger, int attempts);
}
