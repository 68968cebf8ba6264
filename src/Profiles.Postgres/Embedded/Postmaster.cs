using System.Diagnostics;

namespace Profiles.Postgres.Embedded;

/// <summary>A database server that this process has started.</summary>
internal sealed class Postmaster : IDisposable
{
    private const int LinesKept = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private readonly Process process;
    private readonly TimeProvider time;
    private readonly Queue<string> lastWords = new(LinesKept);
    private readonly Task listening;

    /// <summary>Watches over a process that was just started.</summary>
    public Postmaster(Process process, TimeProvider time)
    {
        this.process = process;
        this.time = time;
        ProcessId = process.Id;
        Started = time.GetTimestamp();
        Exited = process.WaitForExitAsync();
        listening = Task.WhenAll(ListenAsync(process.StandardOutput), ListenAsync(process.StandardError));
    }

    /// <summary>The process.</summary>
    public int ProcessId { get; }

    /// <summary>When it was started, as a timestamp of the clock.</summary>
    public long Started { get; }

    /// <summary>Completes when the process has ended, for whatever reason.</summary>
    public Task Exited { get; }

    /// <summary>How it ended: 0 for a clean stop, 128 and the signal's number when it was killed.</summary>
    public int ExitCode => process.ExitCode;

    /// <summary>Waits until it accepts connections.</summary>
    /// <exception cref="EmbeddedPostgresException">It ended instead, or took longer than it may.</exception>
    public async Task WaitUntilReadyAsync(DataFolder data, TimeSpan timeout, CancellationToken cancellationToken)
    {
        while (PostmasterFile.Read(data) is not { IsReady: true } file || file.ProcessId != ProcessId)
        {
            if (Exited.IsCompleted)
                throw new EmbeddedPostgresException(await EndedAsync(data));
            if (time.GetElapsedTime(Started) > timeout)
                throw new EmbeddedPostgresException($"PostgreSQL was not ready within {timeout}. Its log is in '{data.Logs}'.");
            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    /// <summary>Stops it: fast, then immediately, then by killing it.</summary>
    /// <param name="timeout">How long each of these may take.</param>
    /// <returns>The signal it took.</returns>
    public async Task<Signal> StopAsync(TimeSpan timeout)
    {
        foreach (var signal in new[] { Signal.FastShutdown, Signal.ImmediateShutdown })
        {
            if (await EndsAfterAsync(signal, timeout))
                return signal;
        }
        Signals.Send(ProcessId, Signal.Kill);
        await Exited;
        return Signal.Kill;
    }

    /// <summary>Lets go of the process, which has ended.</summary>
    public void Dispose() => process.Dispose();

    private async Task<bool> EndsAfterAsync(Signal signal, TimeSpan timeout)
    {
        if (!Exited.IsCompleted)
            Signals.Send(ProcessId, signal);
        try
        {
            await Exited.WaitAsync(timeout, time);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private async Task<string> EndedAsync(DataFolder data)
    {
        await listening;
        string[] words;
        lock (lastWords)
            words = [.. lastWords];
        return $"PostgreSQL ended while it was starting (exit code {ExitCode}). Its log is in '{data.Logs}'. "
            + $"Its last words: {string.Join(" | ", words)}";
    }

    // What it says before its own log files are open.
    private async Task ListenAsync(StreamReader words)
    {
        while (await words.ReadLineAsync() is { } line)
        {
            lock (lastWords)
            {
                if (lastWords.Count == LinesKept)
                    lastWords.Dequeue();
                lastWords.Enqueue(line);
            }
        }
    }
}
