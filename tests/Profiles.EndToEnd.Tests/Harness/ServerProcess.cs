using System.Diagnostics;
using System.Text.Json;
using System.Threading.Channels;

namespace Profiles.EndToEnd.Tests.Harness;

/// <summary>The real server, as a process of its own on ports that the system chooses, with its log.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const int ServingEvent = 1000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly TaskCompletionSource<(Uri Http, Uri Grpc)> serving = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<JsonElement> events = Channel.CreateUnbounded<JsonElement>();
    private readonly List<string> lines = [];
    private readonly Channel<string> output = Channel.CreateUnbounded<string>();

    private ServerProcess(IReadOnlyDictionary<string, string> settings, string[] arguments)
    {
        process = ServerProgram.CreateProcess(settings, arguments);
        process.ErrorDataReceived += (_, line) => Read(line.Data);
        process.OutputDataReceived += (_, line) => ReadOutput(line.Data);
    }

    /// <summary>Where REST is served.</summary>
    public Uri Http { get; private set; } = null!;

    /// <summary>Where gRPC is served.</summary>
    public Uri Grpc { get; private set; } = null!;

    /// <summary>The number of the process.</summary>
    public int Id => process.Id;

    /// <summary>All that it wrote.</summary>
    public string Output
    {
        get
        {
            lock (lines)
                return string.Join('\n', lines);
        }
    }

    /// <summary>The bytes of memory that it has at the moment.</summary>
    public long Memory
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64;
        }
    }

    public static async Task<ServerProcess> StartAsync(
        IReadOnlyDictionary<string, string> settings, params string[] arguments)
    {
        var server = new ServerProcess(settings, arguments);
        server.process.Start();
        server.process.BeginErrorReadLine();
        server.process.BeginOutputReadLine();
        _ = server.process.WaitForExitAsync().ContinueWith(
            _ => server.serving.TrySetException(new InvalidOperationException($"The server ended:\n{server.Output}")),
            TaskScheduler.Default);
        try
        {
            (server.Http, server.Grpc) = await server.serving.Task.WaitAsync(Patience);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits for a log event of an id.</summary>
    public async Task<JsonElement> WaitForEventAsync(int id)
    {
        using var timeout = new CancellationTokenSource(Patience);
        await foreach (var logged in events.Reader.ReadAllAsync(timeout.Token))
        {
            if (logged.GetProperty("EventId").GetInt32() == id)
                return logged;
        }

        throw new InvalidOperationException($"The server ended without the event {id}:\n{Output}");
    }

    /// <summary>Waits until it has printed a line that contains <paramref name="text"/>, and returns all until then.</summary>
    public async Task<IReadOnlyList<string>> WaitForOutputAsync(string text)
    {
        using var timeout = new CancellationTokenSource(Patience);
        var printed = new List<string>();
        await foreach (var line in output.Reader.ReadAllAsync(timeout.Token))
        {
            printed.Add(line);
            if (line.Contains(text, StringComparison.Ordinal))
                return printed;
        }

        throw new InvalidOperationException($"The server ended without printing '{text}':\n{Output}");
    }

    /// <summary>The lines of its log that say that something went wrong in the server itself.</summary>
    public IReadOnlyList<string> Errors()
    {
        lock (lines)
            return lines.Where(line => line.Contains("\"LogLevel\":\"Error\"") || line.Contains("\"LogLevel\":\"Critical\"")).ToList();
    }

    /// <summary>Asks it to stop, as an operator does, and returns its exit code.</summary>
    public async Task<int> StopAsync()
    {
        Signal("-TERM");
        await process.WaitForExitAsync().WaitAsync(Patience);
        return process.ExitCode;
    }

    /// <summary>Sends SIGTERM and does not wait.</summary>
    public void BeginStop() => Signal("-TERM");

    /// <summary>Waits until it has ended by itself, and returns its exit code.</summary>
    public async Task<int> WaitForExitAsync()
    {
        await process.WaitForExitAsync().WaitAsync(Patience);
        return process.ExitCode;
    }

    /// <summary>Kills it, as a crash does: nothing is tidied up.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync().WaitAsync(Patience);
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            await StopAsync();
        process.Dispose();
    }

    private void Signal(string signal)
    {
        using var kill = Process.Start("kill", [signal, process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    private void ReadOutput(string? line)
    {
        Note(line);
        if (line is null)
            output.Writer.TryComplete();
        else
            output.Writer.TryWrite(line);
    }

    private void Note(string? line)
    {
        if (line is null)
            return;
        lock (lines)
            lines.Add(line);
    }

    private void Read(string? line)
    {
        Note(line);
        if (line is null)
        {
            events.Writer.TryComplete();
            return;
        }

        if (!line.StartsWith('{'))
            return;
        var logged = JsonDocument.Parse(line).RootElement;
        events.Writer.TryWrite(logged);
        if (logged.GetProperty("EventId").GetInt32() != ServingEvent)
            return;
        var state = logged.GetProperty("State");
        serving.TrySetResult((
            new Uri(state.GetProperty("HttpAddress").GetString()!), new Uri(state.GetProperty("GrpcAddress").GetString()!)));
    }
}
