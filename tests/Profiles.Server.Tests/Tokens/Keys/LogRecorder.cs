using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Profiles.Server.Tests.Tokens.Keys;

/// <summary>Keeps what is logged.</summary>
internal sealed class LogRecorder : ILogger
{
    private readonly ConcurrentQueue<(int Id, LogLevel Level, string Message)> entries = new();

    public IReadOnlyCollection<(int Id, LogLevel Level, string Message)> Entries => entries;

    /// <summary>The ids of the events, in order.</summary>
    public IEnumerable<int> Ids => entries.Select(entry => entry.Id);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        entries.Enqueue((eventId.Id, logLevel, formatter(state, exception)));
}
