using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace Profiles.Server.Hosting;

/// <summary>
/// The proxies whose word counts on where a request comes from (<c>X-Forwarded-For</c>) and whether it came by TLS
/// (<c>X-Forwarded-Proto</c>). Nobody else's does, for anybody can send these headers.
/// </summary>
/// <param name="Networks">Their addresses.</param>
/// <param name="Hops">How many of them a request can pass, one after the other.</param>
internal sealed record TrustedProxies(IReadOnlyList<IPNetwork> Networks, int Hops)
{
    private const string Setting = "PROFILES_TRUSTED_PROXIES";
    private const int MaxHops = 10;

    /// <summary>Reads <c>PROFILES_TRUSTED_PROXIES</c> and <c>PROFILES_PROXY_HOPS</c>.</summary>
    /// <exception cref="SettingException">One of them is wrong.</exception>
    public static TrustedProxies Read(IConfiguration configuration) => new(
        [.. (configuration[Setting] ?? string.Empty)
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(Parse)],
        configuration.ReadNumber("PROFILES_PROXY_HOPS", 1, MaxHops, unlessSet: 1));

    /// <summary>Believes them.</summary>
    public void Use(IApplicationBuilder app)
    {
        if (Networks.Count == 0)
            return;
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            ForwardLimit = Hops,
        };
        // Loopback is no exception.
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in Networks)
            options.KnownIPNetworks.Add(network);
        app.UseForwardedHeaders(options);
    }

    private static IPNetwork Parse(string text)
    {
        if (IPNetwork.TryParse(text, out var network))
            return network;
        return IPAddress.TryParse(text, out var address)
            ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
            : throw new SettingException($"{Setting} must name addresses or networks such as 10.0.0.5 or 10.1.0.0/16, yet has '{text}'.");
    }
}
