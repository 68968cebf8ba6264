namespace Profiles.Transcoding.Json.WellKnown;

/// <summary>Digits of times and durations.</summary>
internal static class Decimals
{
    /// <summary>Takes exactly <paramref name="count"/> digits.</summary>
    public static bool TryTake(ref ReadOnlySpan<byte> text, int count, out int value)
    {
        value = 0;
        if (text.Length < count) return false;
        foreach (var digit in text[..count])
        {
            if (digit is < (byte)'0' or > (byte)'9') return false;
            value = value * 10 + (digit - '0');
        }

        text = text[count..];
        return true;
    }

    public static bool TryTake(ref ReadOnlySpan<byte> text, byte expected)
    {
        if (text.IsEmpty || text[0] != expected) return false;
        text = text[1..];
        return true;
    }

    /// <summary>Takes an optional fraction of a second with one to nine digits.</summary>
    public static bool TryTakeNanos(ref ReadOnlySpan<byte> text, out int nanos)
    {
        nanos = 0;
        if (!TryTake(ref text, (byte)'.')) return true;

        var length = 0;
        while (length < text.Length && text[length] is >= (byte)'0' and <= (byte)'9') length++;
        if (length is 0 or > 9) return false;

        TryTake(ref text, length, out nanos);
        for (var i = length; i < 9; i++) nanos *= 10;
        return true;
    }

    /// <summary>Writes zero, three, six or nine decimals: as few as keep the value.</summary>
    public static int WriteNanos(Span<byte> target, int nanos)
    {
        if (nanos == 0) return 0;
        var (digits, value) = nanos % 1_000_000 == 0 ? (3, nanos / 1_000_000) : nanos % 1000 == 0 ? (6, nanos / 1000) : (9, nanos);
        target[0] = (byte)'.';
        Write(target[1..], value, digits);
        return digits + 1;
    }

    public static void Write(Span<byte> target, int value, int digits)
    {
        for (var i = digits - 1; i >= 0; i--, value /= 10) target[i] = (byte)('0' + value % 10);
    }
}
