using System.Security.Cryptography;

namespace Profiles.Core.Identity;

/// <summary>Random bytes of the operating system, of which each thread fetches some at a time: a call of the system for each id costs more than the id.</summary>
internal static class RandomBytes
{
    private const int Stock = 512;

    [ThreadStatic]
    private static byte[]? stock;

    [ThreadStatic]
    private static int left;

    /// <summary>Fills a few bytes.</summary>
    public static void Fill(Span<byte> bytes)
    {
        stock ??= new byte[Stock];
        if (left < bytes.Length)
        {
            RandomNumberGenerator.Fill(stock);
            left = Stock;
        }

        left -= bytes.Length;
        stock.AsSpan(left, bytes.Length).CopyTo(bytes);
    }
}
