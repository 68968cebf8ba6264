using Profiles.Core.Limits;
using Profiles.Server.Hosting;

namespace Profiles.Server.Limits;

/// <summary>The settings of <c>RateLimits</c> and <c>Limits</c>.</summary>
internal sealed record LimitSettings
{
    private const int CallsPerCore = 128;
    private const int StreamsPerCall = 8;
    private const int MostCalls = 100_000;
    private const int MostConnections = 1_000_000;
    private const int MostMessageBytes = 64 * 1024 * 1024;

    /// <summary>Allowances of the server itself. <c>RateLimits__User__Read=6000/1m</c> and so on.</summary>
    public required ServerRateLimits RateLimits { get; init; }

    /// <summary>
    /// Whether servers on one database count together. <c>RateLimits__Shared</c>, on or off; on with an external database.
    /// </summary>
    public required bool AreShared { get; init; }

    /// <summary>Failed authentications of an address, and with keys of a prefix. <c>Limits__FailedAuthentications</c>, 300/1m.</summary>
    public required RateLimit? FailedAuthentications { get; init; }

    /// <summary>Calls that are carried out at once. <c>Limits__Calls</c>, 1–100,000; 128 for each core.</summary>
    public required int Calls { get; init; }

    /// <summary>Calls that wait for one of those to end. <c>Limits__Queue</c>, 0–100,000; an eighth of the calls.</summary>
    public required int Queue { get; init; }

    /// <summary>Streams that are open at once, beside the calls. <c>Limits__Streams</c>, 1–100,000; eight times the calls.</summary>
    public required int Streams { get; init; }

    /// <summary>Connections that are open at once. <c>Limits__Connections</c>, 1–1,000,000; 10,000.</summary>
    public required int Connections { get; init; }

    /// <summary>Bytes of a message or body. <c>Limits__MessageBytes</c>, 1024 to 64 MiB; 4 MiB.</summary>
    public required int MessageBytes { get; init; }

    /// <summary>Reads the settings.</summary>
    /// <exception cref="SettingException">One of them is wrong.</exception>
    public static LimitSettings Read(IConfiguration configuration, bool isEmbedded)
    {
        configuration.DemandKnown(
            "Limits", "FailedAuthentications", "Calls", "Queue", "Streams", "Connections", "MessageBytes");
        configuration.DemandKnown("RateLimits", "User", "Server", "Shared");
        var calls = configuration.ReadNumber("Limits:Calls", 1, MostCalls, CallsPerCore * Environment.ProcessorCount);
        return new LimitSettings
        {
            RateLimits = ServerRateLimits.Read(configuration),
            AreShared = configuration.ReadSwitch("RateLimits:Shared", unlessSet: !isEmbedded),
            FailedAuthentications = configuration.ReadRate("Limits:FailedAuthentications", "300/1m"),
            Calls = calls,
            Queue = configuration.ReadNumber("Limits:Queue", 0, MostCalls, calls / 8),
            Streams = configuration.ReadNumber("Limits:Streams", 1, MostCalls, Math.Min(calls * StreamsPerCall, MostCalls)),
            Connections = configuration.ReadNumber("Limits:Connections", 1, MostConnections, 10_000),
            MessageBytes = configuration.ReadNumber("Limits:MessageBytes", 1024, MostMessageBytes, 4 * 1024 * 1024),
        };
    }
}
