using System.Diagnostics;

namespace Profiles.Benchmarks.Floors;

/// <summary>Runs <see cref="FloorServer"/> as a process of its own.</summary>
internal sealed class FloorProcess : IAsyncDisposable
{
    private readonly Process process;

    private FloorProcess(Process process, Uri address) => (this.process, Address) = (process, address);

    public Uri Address { get; }

    public int Id => process.Id;

    public static async Task<FloorProcess> StartAsync(string connectionString)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Profiles.Benchmarks.dll"), "floor"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in ServerSettings.OfEveryServer)
            start.Environment[name] = value;
        // In the environment, for it holds a password.
        start.Environment["ConnectionStrings__Profiles"] = connectionString;
        var started = Process.Start(start)!;
        var address = await started.StandardOutput.ReadLineAsync()
            ?? throw new InvalidOperationException("The process of the floors ended.");
        return new FloorProcess(started, new Uri(address));
    }

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
