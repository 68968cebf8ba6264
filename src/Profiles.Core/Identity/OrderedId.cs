using System.Buffers.Binary;

namespace Profiles.Core.Identity;

/// <summary>
/// UUIDs of version 7 that are in the order in which this process made them, within a millisecond too: for rows that are listed by their
/// ids. The bits after the milliseconds are a finer time (RFC 9562, section 6.2, method 3), or one more than the last one had.
/// </summary>
public static class OrderedId
{
    private const int Version7 = 0x7000;
    private const int FractionBits = 12;
    private const long MostFraction = (1 << FractionBits) - 1;

    // Milliseconds since 1970, then the fraction.
    private static long last;

    /// <summary>Makes one.</summary>
    /// <param name="now">The time, from the injected clock.</param>
    public static Guid Create(DateTimeOffset now)
    {
        var fraction = Next(now) & MostFraction;
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, now.ToUnixTimeMilliseconds() << 16 | Version7 | fraction);
        RandomBytes.Fill(bytes[8..]);
        bytes[8] = (byte)(0x80 | bytes[8] & 0x3F);
        return new Guid(bytes, bigEndian: true);
    }

    // A clock that was set back begins anew. In a millisecond that is used up, only the random bits differ.
    private static long Next(DateTimeOffset now)
    {
        var fraction = now.Ticks % TimeSpan.TicksPerMillisecond * (MostFraction + 1) / TimeSpan.TicksPerMillisecond;
        var time = now.ToUnixTimeMilliseconds() << FractionBits | fraction;
        while (true)
        {
            var before = Volatile.Read(ref last);
            var isSameMillisecond = before >> FractionBits == time >> FractionBits;
            var next = isSameMillisecond ? Math.Max(time, Math.Min(before + 1, time | MostFraction)) : time;
            if (Interlocked.CompareExchange(ref last, next, before) == before)
                return next;
        }
    }
}
