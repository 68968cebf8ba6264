using System.Buffers.Text;

namespace Profiles.Transcoding.Json.Codecs;

/// <summary>
/// Integers in the spellings of JSON numbers: also <c>1.0</c> and <c>1e3</c>, as long as the value is whole. Linear in the
/// length of the text, whatever its exponent says.
/// </summary>
internal static class IntegerText
{
    // Every value that fits in 64 bits is out of reach long before an exponent of this size.
    private const int MaxExponent = 1_000_000;

    public static bool TryParseSigned(ReadOnlySpan<byte> text, long min, long max, out long value)
    {
        value = 0;
        if (!TryParse(text, out var negative, out var magnitude)) return false;
        if (negative ? magnitude > (ulong)(-(min + 1)) + 1 : magnitude > (ulong)max) return false;

        value = negative ? (long)(0 - magnitude) : (long)magnitude;
        return true;
    }

    public static bool TryParseUnsigned(ReadOnlySpan<byte> text, ulong max, out ulong value) =>
        TryParse(text, out var negative, out value) && (!negative || value == 0) && value <= max;

    private static bool TryParse(ReadOnlySpan<byte> text, out bool negative, out ulong magnitude)
    {
        negative = text is [(byte)'-', ..];
        var digits = negative ? text[1..] : text;
        if (digits is [>= (byte)'1' and <= (byte)'9', ..] or [(byte)'0'] &&
            Utf8Parser.TryParse(digits, out magnitude, out var used) && used == digits.Length)
        {
            return true;
        }

        magnitude = 0;
        return JsonNumber.TrySplit(digits, out var number) && TryScale(number, out magnitude);
    }

    private static bool TryScale(JsonNumber number, out ulong magnitude)
    {
        magnitude = 0;
        var whole = (long)number.Integer.Length + Math.Clamp(number.Exponent, -MaxExponent, MaxExponent);
        var length = number.Integer.Length + number.Fraction.Length;
        for (var i = 0; i < length; i++)
        {
            var digit = (uint)((i < number.Integer.Length ? number.Integer[i] : number.Fraction[i - number.Integer.Length]) - '0');
            if (i >= whole)
            {
                if (digit != 0) return false;
            }
            else if (!TryAppend(ref magnitude, digit))
            {
                return false;
            }
        }

        for (var i = (long)length; i < whole && magnitude != 0; i++)
        {
            if (!TryAppend(ref magnitude, 0)) return false;
        }

        return true;
    }

    private static bool TryAppend(ref ulong magnitude, uint digit)
    {
        if (magnitude > (ulong.MaxValue - digit) / 10) return false;
        magnitude = magnitude * 10 + digit;
        return true;
    }
}
