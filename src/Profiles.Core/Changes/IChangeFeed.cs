namespace Profiles.Core.Changes;

/// <summary>
/// Tells this instance at once what any instance, or a command, has changed. It may lose its connection: whoever relies on it
/// looks at <see cref="State"/>, as <see cref="ChangeCache{TKey,TValue}"/> does.
/// </summary>
public interface IChangeFeed
{
    /// <summary>Until when, and since when, every change is known to have been told.</summary>
    ChangeFeedState State { get; }

    /// <summary>
    /// Has <paramref name="receive"/> called for every change of a kind, for as long as the process lives. It must be quick, must
    /// not throw, and may be called for changes that did not take place.
    /// </summary>
    void Subscribe(string kind, Action<ChangeNotice> receive);
}

/// <summary>What is known of a feed at a moment.</summary>
/// <param name="Session">
/// Numbers the times that the feed began to listen. Within a session no change is missed; between two of them changes may be.
/// </param>
/// <param name="ConfirmedAt">
/// The timestamp, of <see cref="TimeProvider.GetTimestamp"/>, up to which all changes of the session have been told.
/// </param>
public sealed record ChangeFeedState(long Session, long ConfirmedAt)
{
    /// <summary>Before the first session.</summary>
    public static readonly ChangeFeedState None = new(Session: 0, ConfirmedAt: long.MinValue);
}
