using Profiles.EndToEnd.Tests.Harness;

namespace Profiles.Benchmarks;

/// <summary>What the measured server is told beside its defaults.</summary>
internal static class ServerSettings
{
    /// <summary>The load's own way of waiting for sockets is not the servers': they run as everywhere.</summary>
    public static IReadOnlyList<(string Name, string Value)> OfEveryServer { get; } =
    [
        ("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "0"),
    ];

    /// <summary>
    /// The allowances of users are off: they are there to be refused, which is not what is measured. Calls at once: as many as the most
    /// callers, on any number of cores.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Of(DataFolder data) => data.With(
    [
        .. OfEveryServer,
        ("RateLimits__User__Read", "off"),
        ("RateLimits__User__Write", "off"),
        ("RateLimits__User__Batch", "off"),
        ("Limits__Calls", "1024"),
    ]);
}
