using System.Runtime.InteropServices;

namespace Profiles.Benchmarks.Load;

/// <summary>What is particular to one call.</summary>
/// <param name="User">The number of its user.</param>
/// <param name="Value">What it writes; no two calls of a run write the same.</param>
/// <param name="Users">How many users there are.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Call(int User, long Value, int Users)
{
    private const int Stride = 7919;

    /// <summary>The user that stands at a place of a call for several.</summary>
    public int UserAt(int place) => (int)((User + ((long)place * Stride)) % Users);
}

/// <summary>Numbers with leading zeros.</summary>
internal static class Digits
{
    public static void Write(long number, Span<byte> target)
    {
        for (var i = target.Length - 1; i >= 0; i--)
        {
            target[i] = (byte)('0' + (number % 10));
            number /= 10;
        }
    }
}
