using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Profiles.Transcoding.Tests.Support;

internal sealed record LogEntry(LogLevel Level, EventId Event, string Message, Exception? Exception);

/// <summary>Keeps every log event; an error that no test asked for fails the test.</summary>
internal sealed class LogCapture : ILoggerProvider
{
    private readonly ConcurrentQueue<LogEntry> _entries = new();
    private readonly ConcurrentDictionary<int, TaskCompletionSource> _awaited = new();

    public IReadOnlyCollection<LogEntry> Entries => _entries;

    public void Clear() => _entries.Clear();

    public void AssertNoErrors() =>
        Assert.That(_entries.Where(entry => entry.Level >= LogLevel.Error), Is.Empty, "unexpected errors in the log");

    public void AssertOne(int eventId, LogLevel level)
    {
        var found = _entries.Where(entry => entry.Event.Id == eventId).ToList();
        Assert.That(found, Has.Count.EqualTo(1));
        Assert.That(found[0].Level, Is.EqualTo(level));
    }

    /// <summary>Ends when the event is logged. Call it before what causes the event.</summary>
    public Task Await(int eventId) => _awaited
        .GetOrAdd(eventId, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously))
        .Task.WaitAsync(TimeSpan.FromSeconds(10));

    public ILogger CreateLogger(string categoryName) => new Logger(this);

    public void Dispose() => Clear();

    private void Add(LogEntry entry)
    {
        _entries.Enqueue(entry);
        if (_awaited.TryRemove(entry.Event.Id, out var awaited)) awaited.TrySetResult();
    }

    private sealed class Logger(LogCapture capture) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            capture.Add(new LogEntry(logLevel, eventId, formatter(state, exception), exception));
    }
}
