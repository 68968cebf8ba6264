using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Profiles.Postgres.Tests.Database;

/// <summary>Collects what Npgsql logs of the commands that it sends: each is one round trip.</summary>
internal sealed class CommandLog : ILoggerFactory, ILogger
{
    private readonly ConcurrentQueue<string> commands = new();

    public IReadOnlyCollection<string> Commands => commands;

    public void Clear() => commands.Clear();

    public ILogger CreateLogger(string categoryName) =>
        categoryName == "Npgsql.Command" ? this : Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (eventId.Name is { } name && name.StartsWith("Executing", StringComparison.Ordinal))
            commands.Enqueue(name);
    }

    public void Dispose()
    {
        // Nothing is held.
    }
}
