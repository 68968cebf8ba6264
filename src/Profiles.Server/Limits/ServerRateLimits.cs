using Profiles.Core.Access;
using Profiles.Core.Limits;
using Profiles.Server.Hosting;

namespace Profiles.Server.Limits;

/// <summary>
/// The allowances that hold where nobody has set others: of credentials without permissions, which are in the hands of users,
/// and of those with permissions, which are a server's.
/// </summary>
internal sealed class ServerRateLimits(IReadOnlyList<RateLimit?> ofUsers, IReadOnlyList<RateLimit?> ofServers) : IRateLimitPolicy
{
    private const string None = "off";

    public RateLimit? Find(Caller caller, RateClass rateClass) =>
        (caller.Permissions.Count == 0 ? ofUsers : ofServers)[(int)rateClass - 1];

    /// <summary>Reads <c>RateLimits__User__Read</c> and so on.</summary>
    /// <exception cref="SettingException">One of them is wrong.</exception>
    public static ServerRateLimits Read(IConfiguration configuration) =>
        new(Read(configuration, "User", "6000/1m", "1200/1m", "600/1m", "600/1m"), Read(configuration, "Server", None, None, None, None));

    private static RateLimit?[] Read(
        IConfiguration configuration, string whose, string read, string write, string batch, string administration)
    {
        var section = $"RateLimits:{whose}";
        configuration.DemandKnown(section, "Read", "Write", "Batch", "Administration");
        return
        [
            configuration.ReadRate($"{section}:Read", read),
            configuration.ReadRate($"{section}:Write", write),
            configuration.ReadRate($"{section}:Batch", batch),
            configuration.ReadRate($"{section}:Administration", administration),
        ];
    }
}
