using System.Diagnostics;
using System.Globalization;
using Profiles.EndToEnd.Tests.Harness;

namespace Profiles.EndToEnd.Tests.Resilience;

/// <summary>A server whose own database cannot be brought back ends, so that whoever watches over it notices.</summary>
internal sealed class LostDatabaseTests
{
    private const int DatabaseReadyEvent = 2100;

    // Ids of the log: PostgreSQL was given up, and the server ends for it.
    private static readonly int[] TheEnd = [2133, 1004];

    [Test]
    public async Task A_database_that_is_lost_for_good_ends_the_server_with_exit_code_1()
    {
        using var data = new DataFolder();
        await using var server = await ServerProcess.StartAsync(data.Settings);
        var ready = await server.WaitForEventAsync(DatabaseReadyEvent);
        Directory.Delete(Path.Combine(data.Path, "postgres", "cluster", "global"), recursive: true);

        using (var kill = Process.Start("kill", ["-KILL", ready.GetProperty("State").GetProperty("ProcessId").GetInt32().ToString(CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync();

        // All attempts to bring it back take 19 seconds.
        Assert.That(await server.WaitForExitAsync(), Is.EqualTo(1));
        var log = server.Errors();
        foreach (var id in TheEnd)
            Assert.That(log.Count(line => line.Contains($"\"EventId\":{id},", StringComparison.Ordinal)), Is.EqualTo(1), $"{id}");
    }
}
