namespace Profiles.Server.Errors;

/// <summary>
/// Tells the log that calls fail for want of the database: the first one with its cause, then every ten seconds how many more, so
/// that an outage under load does not drown everything else. Each call by itself is told at the level Debug.
/// </summary>
internal sealed class StorageAlarm(TimeProvider clock, ILogger<StorageAlarm> logger)
{
    internal static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private DateTimeOffset next = DateTimeOffset.MinValue;
    private int unreported;

    /// <summary>Notes that a call failed.</summary>
    public void Report(string method, Exception? cause)
    {
        ServerLog.CallWithoutStorage(logger, method);
        if (TakeReport() is { } calls)
            ServerLog.StorageUnavailable(logger, calls, method, cause);
    }

    // How many calls to report, this one included; null when the time for it has not come.
    private int? TakeReport()
    {
        var now = clock.GetUtcNow();
        lock (gate)
        {
            unreported++;
            if (now < next)
                return null;
            next = now + Interval;
            var calls = unreported;
            unreported = 0;
            return calls;
        }
    }
}
