using Microsoft.Extensions.Logging;

namespace Profiles.Postgres;

/// <summary>Every log event of the store. Ids 2000–2099.</summary>
internal static partial class PostgresLog
{
    [LoggerMessage(2000, LogLevel.Warning, "A write failed after its caller had left")]
    public static partial void AbandonedWriteFailed(ILogger logger, Exception exception);

    [LoggerMessage(2001, LogLevel.Debug, "A rollback failed; the connection is closed")]
    public static partial void RollbackFailed(ILogger logger, Exception exception);

    [LoggerMessage(2002, LogLevel.Warning, "A replacement of the denylist of {Organization} broke off and could not be undone yet; the next attempt follows within a minute")]
    public static partial void ReplacementNotUndone(ILogger logger, string organization, Exception exception);

    [LoggerMessage(2003, LogLevel.Information, "A replacement of the denylist of {Organization} that broke off was undone")]
    public static partial void ReplacementUndone(ILogger logger, string organization);

    [LoggerMessage(2010, LogLevel.Warning, "Changes made elsewhere are not told at once any more; meanwhile they are looked for every second")]
    public static partial void ChangesLost(ILogger logger, Exception exception);

    [LoggerMessage(2011, LogLevel.Information, "Changes made elsewhere are told at once again")]
    public static partial void ChangesHeardAgain(ILogger logger);

    [LoggerMessage(2012, LogLevel.Warning, "The database is behind a pooler, through which notifications may get lost: changes made elsewhere are looked for every second")]
    public static partial void ChangesBehindPooler(ILogger logger);
}
