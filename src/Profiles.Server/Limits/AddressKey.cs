using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Profiles.Server.Limits;

/// <summary>
/// Who an address stands for: an IPv4 address for itself, an IPv6 address for its network of 64 bits, which is what one
/// customer has at least (RFC 6177).
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct AddressKey
{
    private const int Ipv6Bytes = 16;
    private const int NetworkBytes = 8;

    private readonly ulong network;
    private readonly bool isIpv6;

    private AddressKey(ulong network, bool isIpv6)
    {
        this.network = network;
        this.isIpv6 = isIpv6;
    }

    /// <summary>The key of an address.</summary>
    public static AddressKey Of(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[Ipv6Bytes];
        // Of an IPv4 address in IPv6 form, the IPv4 address counts.
        var isIpv4 = address.AddressFamily == AddressFamily.InterNetwork || address.IsIPv4MappedToIPv6;
        address.TryWriteBytes(bytes, out var length);
        return isIpv4
            ? new AddressKey(BinaryPrimitives.ReadUInt32BigEndian(bytes[(length - sizeof(uint))..length]), isIpv6: false)
            : new AddressKey(BinaryPrimitives.ReadUInt64BigEndian(bytes[..NetworkBytes]), isIpv6: true);
    }

    /// <summary>The address, or the network.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Ipv6Bytes];
        if (!isIpv6)
        {
            BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)network);
            return new IPAddress(bytes[..sizeof(uint)]).ToString();
        }

        BinaryPrimitives.WriteUInt64BigEndian(bytes, network);
        return $"{new IPAddress(bytes)}/64";
    }
}
