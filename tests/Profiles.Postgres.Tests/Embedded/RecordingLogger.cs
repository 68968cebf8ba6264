using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Profiles.Postgres.Tests.Embedded;

/// <summary>Lets a test wait for an event of the log.</summary>
internal sealed class RecordingLogger : ILogger
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<int, SemaphoreSlim> logged = new();

    /// <summary>Completes when an event was logged once more than this was called for it, be it before or after.</summary>
    public async Task LoggedAsync(int eventId)
    {
        if (!await Logged(eventId).WaitAsync(Timeout))
            Assert.Fail($"Event {eventId} was not logged within {Timeout}.");
    }

    /// <summary>Whether an event was logged, and not yet waited for.</summary>
    public bool HasLogged(int eventId) => Logged(eventId).CurrentCount > 0;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        TestContext.Out.WriteLine($"{eventId.Id} {formatter(state, exception)} {exception?.Message}");
        Logged(eventId.Id).Release();
    }

    private SemaphoreSlim Logged(int eventId) => logged.GetOrAdd(eventId, _ => new SemaphoreSlim(0));
}
