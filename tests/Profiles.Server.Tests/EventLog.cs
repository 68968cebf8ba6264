using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Profiles.Server.Tests;

/// <summary>Keeps the events that are logged from a level on, for a test to take one after the other.</summary>
internal sealed class EventLog<T>(LogLevel lowest = LogLevel.Information) : ILogger<T>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Channel<LoggedEvent> events = Channel.CreateUnbounded<LoggedEvent>();

    /// <summary>Whether the test has taken all.</summary>
    public bool IsEmpty => events.Reader.Count == 0;

    /// <summary>The next event, as soon as there is one.</summary>
    public async Task<LoggedEvent> NextAsync() => await events.Reader.ReadAsync().AsTask().WaitAsync(Patience);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= lowest;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
            events.Writer.TryWrite(new LoggedEvent(logLevel, eventId.Id, formatter(state, exception), exception));
    }
}

/// <summary>One event.</summary>
internal sealed record LoggedEvent(LogLevel Level, int Id, string Text, Exception? Exception);
