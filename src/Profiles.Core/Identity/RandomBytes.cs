using System.Security.Cryptography;

namespace Profiles.Core.Identity;

/// <summary>
/// Random bytes of the operating system, of which each thread fetches some at a time: a call of the system for each id costs more than
/// the id.
/// </summary>
internal static class RandomBytes
{
    private const int StockSize = 512;

    [ThreadStatic]
    private static byte[]? stock;

    [ThreadStatic]
    private static int left;

    /// <summary>Fills a few bytes, at most as many as are fetched at a time.</summary>
    public static void Fill(Span<byte> bytes)
    {
        stock ??= new byte[StockSize];
        if (left < bytes.Length)
        {
            RandomNumberGenerator.Fill(stock);
            left = StockSize;
        }

        left -= bytes.Length;
        stock.AsSpan(left, bytes.Length).CopyTo(bytes);
    }
}
