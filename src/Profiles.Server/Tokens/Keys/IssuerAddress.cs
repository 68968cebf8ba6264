using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Profiles.Server.Tokens.Keys;

/// <summary>The addresses that keys are taken from: those at which nobody on the way can put others in their place.</summary>
internal static class IssuerAddress
{
    /// <summary>The most characters in an address.</summary>
    public const int MaxLength = 2048;

    /// <summary>What an address must be, in words that go on from its name.</summary>
    public const string Rule = "must be an https address without user name and fragment; http is taken on this machine only";

    /// <summary>Reads an address; null when it breaks the rule.</summary>
    public static Uri? TryParse([NotNullWhen(true)] string? text) =>
        text?.Length <= MaxLength
        && Uri.TryCreate(text, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && IsHere(address)))
        && address.UserInfo.Length == 0
        && address.Fragment.Length == 0
            ? address
            : null;

    /// <summary>Whether an address is one of this machine.</summary>
    public static bool IsHere(Uri address) =>
        address.Host == "localhost" || (IPAddress.TryParse(address.DnsSafeHost, out var ip) && IPAddress.IsLoopback(ip));
}
