using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Profiles.Transcoding.Routing;

/// <summary>What percent-decoding does beside decoding.</summary>
internal enum PercentDecoding
{
    /// <summary>A value of one path segment: everything is decoded.</summary>
    Segment,

    /// <summary>A value of many segments: an encoded slash stays encoded, so that it is not taken for a separator.</summary>
    Segments,

    /// <summary>A name or value of a query: <c>+</c> is a space.</summary>
    Query,
}

/// <summary>Strict percent-decoding (RFC 3986, section 2.1): broken escapes and what is not UTF-8 are refused.</summary>
internal static class PercentDecoder
{
    /// <summary>Decodes into <paramref name="utf8"/>, which must hold <see cref="MaxLength"/> bytes.</summary>
    public static bool TryDecode(ReadOnlySpan<char> text, Span<byte> utf8, PercentDecoding decoding, out int length)
    {
        length = 0;
        while (!text.IsEmpty)
        {
            if (!TryTake(ref text, utf8[length..], decoding, out var written)) return false;
            length += written;
        }

        return Utf8.IsValid(utf8[..length]);
    }

    /// <summary>The most bytes that decoding so many characters can give.</summary>
    public static int MaxLength(int characters) => 3 * characters;

    private static bool TryTake(ref ReadOnlySpan<char> text, Span<byte> target, PercentDecoding decoding, out int written)
    {
        var (used, valid) = (1, true);
        written = 1;
        if (text[0] == '%')
        {
            used = 3;
            valid = TryEscape(text, target, decoding, out written);
        }
        else if (text[0] < 0x80)
        {
            target[0] = text[0] == '+' && decoding == PercentDecoding.Query ? (byte)' ' : (byte)text[0];
        }
        else
        {
            valid = Rune.DecodeFromUtf16(text, out var rune, out used) == OperationStatus.Done;
            written = rune.EncodeToUtf8(target);
        }

        if (valid) text = text[used..];
        return valid;
    }

    private static bool TryEscape(ReadOnlySpan<char> text, Span<byte> target, PercentDecoding decoding, out int written)
    {
        written = 1;
        if (text.Length < 3 || !TryByte(text.Slice(1, 2), out target[0])) return false;
        if (target[0] == (byte)'/' && decoding == PercentDecoding.Segments) written = Encoding.UTF8.GetBytes(text[..3], target);
        return true;
    }

    private static bool TryByte(ReadOnlySpan<char> hex, out byte value)
    {
        value = 0;
        if (!char.IsAsciiHexDigit(hex[0]) || !char.IsAsciiHexDigit(hex[1])) return false;
        value = (byte)((Digit(hex[0]) << 4) | Digit(hex[1]));
        return true;
    }

    private static int Digit(char hex) => hex <= '9' ? hex - '0' : (hex | 0x20) - 'a' + 10;
}
