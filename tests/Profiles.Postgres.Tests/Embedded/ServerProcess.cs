using System.Diagnostics;
using System.Runtime.Versioning;
using Microsoft.Extensions.Logging.Abstractions;
using Profiles.Postgres.Embedded;

// The embedded PostgreSQL does not run there.
[assembly: UnsupportedOSPlatform("windows")]

namespace Profiles.Postgres.Tests.Embedded;

/// <summary>
/// A server that does nothing but run its embedded database, in a process of its own (this assembly, started as a program):
/// something to kill.
/// </summary>
internal sealed class ServerProcess : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private readonly Process process;

    private ServerProcess(Process process) => this.process = process;

    /// <summary>What the server's database can be reached with.</summary>
    public string ConnectionString { get; private set; } = "";

    /// <summary>Starts one and waits until its database is ready.</summary>
    public static async Task<ServerProcess> StartAsync(string dataFolder, string? user = null)
    {
        var dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        string[] arguments = [typeof(ServerProcess).Assembly.Location, dataFolder, Workspace.Binaries];
        var server = new ServerProcess(Tool.Start(dotnet, arguments, user));
        server.ConnectionString = await server.process.StandardOutput.ReadLineAsync().WaitAsync(Timeout)
            ?? throw new AssertionException(await server.process.StandardError.ReadToEndAsync());
        return server;
    }

    /// <summary>Ends it as the operating system would when memory runs out.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync().WaitAsync(Timeout);
    }

    public void Dispose()
    {
        process.Kill();
        process.Dispose();
    }

    private static async Task Main(string[] arguments)
    {
        var options = new EmbeddedPostgresOptions { DataFolder = arguments[0], BinariesFolder = arguments[1] };
        await using var database = await EmbeddedPostgres.StartAsync(options, NullLogger.Instance, TimeProvider.System);
        Console.WriteLine(database.ConnectionString);
        await database.Completion;
    }
}
