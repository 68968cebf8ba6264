using System.Buffers;

namespace Profiles.Transcoding.Json.Codecs;

/// <summary>
/// The parts of a JSON number (RFC 8259, section 6) without its sign:
/// <code>number = int [ "." 1*DIGIT ] [ ("e" / "E") [ "-" / "+" ] 1*DIGIT ]    int = "0" / ( %x31-39 *DIGIT )</code>
/// </summary>
internal readonly ref struct JsonNumber
{
    private static readonly SearchValues<byte> s_digits = SearchValues.Create("0123456789"u8);

    private JsonNumber(ReadOnlySpan<byte> integer, ReadOnlySpan<byte> fraction, int exponent)
    {
        Integer = integer;
        Fraction = fraction;
        Exponent = exponent;
    }

    public ReadOnlySpan<byte> Integer { get; }

    public ReadOnlySpan<byte> Fraction { get; }

    /// <summary>The exponent, at most a thousand million to either side.</summary>
    public int Exponent { get; }

    public static bool IsNumber(ReadOnlySpan<byte> text) => TrySplit(text is [(byte)'-', ..] ? text[1..] : text, out _);

    public static bool TrySplit(ReadOnlySpan<byte> text, out JsonNumber number)
    {
        number = default;
        var integer = TakeDigits(ref text);
        if (integer is [] or [(byte)'0', _, ..]) return false;

        ReadOnlySpan<byte> fraction = [];
        if (text is [(byte)'.', ..])
        {
            text = text[1..];
            fraction = TakeDigits(ref text);
            if (fraction.IsEmpty) return false;
        }

        if (!TryTakeExponent(ref text, out var exponent)) return false;
        number = new JsonNumber(integer, fraction, exponent);
        return text.IsEmpty;
    }

    private static bool TryTakeExponent(scoped ref ReadOnlySpan<byte> text, out int exponent)
    {
        exponent = 0;
        if (text is not [(byte)'e' or (byte)'E', ..]) return true;

        text = text[1..];
        var negative = text is [(byte)'-', ..];
        if (text is [(byte)'-' or (byte)'+', ..]) text = text[1..];
        var digits = TakeDigits(ref text);
        foreach (var digit in digits) exponent = Math.Min(exponent * 10 + (digit - '0'), 100_000_000);
        if (negative) exponent = -exponent;
        return !digits.IsEmpty;
    }

    private static ReadOnlySpan<byte> TakeDigits(scoped ref ReadOnlySpan<byte> text)
    {
        var end = text.IndexOfAnyExcept(s_digits);
        var digits = end < 0 ? text : text[..end];
        text = text[digits.Length..];
        return digits;
    }
}
