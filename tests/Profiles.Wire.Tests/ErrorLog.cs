using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Profiles.Wire.Tests;

/// <summary>Keeps the errors that the server logs.</summary>
internal sealed class ErrorLog : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> errors = new();

    /// <summary>Those since this was asked last.</summary>
    public List<string> Take()
    {
        var taken = new List<string>();
        while (errors.TryDequeue(out var error)) taken.Add(error);
        return taken;
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel)) errors.Enqueue($"{formatter(state, exception)} {exception}");
    }

    public void Dispose()
    {
    }
}
