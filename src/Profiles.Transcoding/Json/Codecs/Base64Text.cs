using System.Buffers;
using System.Buffers.Text;

namespace Profiles.Transcoding.Json.Codecs;

/// <summary>Base64 of RFC 4648 in either alphabet, with its padding or without any.</summary>
internal static class Base64Text
{
    private static readonly SearchValues<byte> s_digits = SearchValues.Create([.. Alphabet, .. "-_"u8]);

    private static ReadOnlySpan<byte> Alphabet => "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"u8;

    public static bool TryDecode(ReadOnlySpan<byte> text, out byte[] bytes)
    {
        bytes = [];
        var digits = TrimPadding(text);
        if (digits.Length % 4 == 1 || digits.ContainsAnyExcept(s_digits)) return false;
        if (digits.Length != text.Length && text.Length % 4 != 0) return false;

        var rented = ArrayPool<byte>.Shared.Rent((digits.Length + 3) / 4 * 4);
        try
        {
            var padded = Normalize(digits, rented);
            bytes = new byte[digits.Length / 4 * 3 + Math.Max(0, digits.Length % 4 - 1)];
            return Base64.DecodeFromUtf8(padded, bytes, out _, out var written) == OperationStatus.Done && written == bytes.Length;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static ReadOnlySpan<byte> TrimPadding(ReadOnlySpan<byte> text)
    {
        if (text is [.., (byte)'=', (byte)'=']) return text[..^2];
        return text is [.., (byte)'='] ? text[..^1] : text;
    }

    private static ReadOnlySpan<byte> Normalize(ReadOnlySpan<byte> digits, Span<byte> target)
    {
        digits.CopyTo(target);
        var own = target[..digits.Length];
        own.Replace((byte)'-', (byte)'+');
        own.Replace((byte)'_', (byte)'/');
        if (digits.Length % 4 != 0) own[^1] = WithoutUnusedBits(own[^1], digits.Length % 4);
        var length = (digits.Length + 3) / 4 * 4;
        target[digits.Length..length].Fill((byte)'=');
        return target[..length];
    }

    // The last digit has bits beyond the last byte. Other ProtoJSON readers ignore them; the decoder wants them to be zero.
    private static byte WithoutUnusedBits(byte digit, int digits) => Alphabet[Alphabet.IndexOf(digit) & (digits == 2 ? 0x30 : 0x3c)];
}
