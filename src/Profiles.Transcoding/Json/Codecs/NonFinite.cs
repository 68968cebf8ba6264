namespace Profiles.Transcoding.Json.Codecs;

/// <summary>The three floating-point values that JSON has no number for.</summary>
internal static class NonFinite
{
    public static ReadOnlySpan<byte> Name(double value) => value switch
    {
        double.PositiveInfinity => "Infinity"u8,
        double.NegativeInfinity => "-Infinity"u8,
        _ => "NaN"u8,
    };

    /// <summary>The value of the name, or zero for any other text.</summary>
    public static double Parse(ReadOnlySpan<byte> text)
    {
        if (text.SequenceEqual("NaN"u8)) return double.NaN;
        if (text.SequenceEqual("Infinity"u8)) return double.PositiveInfinity;
        return text.SequenceEqual("-Infinity"u8) ? double.NegativeInfinity : 0;
    }
}
