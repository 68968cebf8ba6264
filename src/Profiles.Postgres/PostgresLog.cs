using Microsoft.Extensions.Logging;

namespace Profiles.Postgres;

/// <summary>Every log event of the store. Ids 2000–2099.</summary>
internal static partial class PostgresLog
{
    [LoggerMessage(2000, LogLevel.Warning, "A write failed after its caller had left")]
    public static partial void AbandonedWriteFailed(ILogger logger, Exception exception);

    [LoggerMessage(2001, LogLevel.Debug, "A rollback failed; the connection is closed")]
    public static partial void RollbackFailed(ILogger logger, Exception exception);
}
