using Profiles.Server.Tokens;

namespace Profiles.Server.Tests.Tokens;

/// <summary>A token that must not be taken.</summary>
/// <param name="Fault">What is wrong with it, as the validator sees it.</param>
/// <param name="Why">What is wrong with it, in words.</param>
/// <param name="Token">The token.</param>
internal sealed record HostileToken(TokenFault Fault, string Why, string Token);

/// <summary>Tokens that must not be taken. Unless it is about the signature, each is signed as a trusted issuer would.</summary>
internal static class HostileTokens
{
    public static IReadOnlyList<HostileToken> All { get; } =
        [.. HostileForms.All, .. HostileHeaders.All, .. HostileSignatures.All, .. HostileClaims.All];

    /// <summary>A JSON array in an array and so on.</summary>
    public static string Nested(int depth) => new string('[', depth) + new string(']', depth);
}
