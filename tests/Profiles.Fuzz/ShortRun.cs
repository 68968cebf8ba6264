using Profiles.Fuzz.Server;
using Profiles.Fuzz.Targets;

namespace Profiles.Fuzz;

/// <summary>All targets, for a number of inputs instead of a time.</summary>
public static class ShortRun
{
    /// <summary>Feeds the targets with so many inputs in all.</summary>
    /// <returns>The input that did harm, or null.</returns>
    public static async Task<FuzzFailure?> RunAsync(int seed, int inputs, TimeProvider clock)
    {
        await using var server = await FuzzServer.StartAsync();
        return await new Fuzzer([new JsonTarget(), new TemplateTarget(), new RequestTarget(server)], seed, clock).RunAsync(done => done < inputs);
    }
}
