using System.Buffers;

namespace Profiles.Core.Rules;

/// <summary>
/// Addresses on EVM chains: <c>0x</c> and 40 hexadecimal digits in any case; the checksum of ERC-55 is not checked.
/// </summary>
public static class EvmAddressRule
{
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>Checks an address.</summary>
    public static string? Check(string value) =>
        value.Length == 42
        && value.StartsWith("0x", StringComparison.Ordinal)
        && !value.AsSpan(2).ContainsAnyExcept(HexDigits)
            ? null
            : "must be 0x and 40 hexadecimal digits";
}
