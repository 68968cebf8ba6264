using System.Buffers.Text;
using Google.Protobuf.WellKnownTypes;
using Profiles.Transcoding.Json.Codecs;

namespace Profiles.Transcoding.Json.WellKnown;

/// <summary>Seconds with up to nine decimals and an <c>s</c>, within ±10,000 years.</summary>
internal sealed class DurationCodec : TextCodec<Duration>
{
    private const long MaxSeconds = 315_576_000_000;

    public override string Rule => Rules.Duration;

    public override bool TryParse(ReadOnlySpan<byte> utf8, out Duration value)
    {
        value = new Duration();
        var negative = utf8 is [(byte)'-', ..];
        var text = negative ? utf8[1..] : utf8;
        if (text is not [>= (byte)'0' and <= (byte)'9', ..]) return false;
        if (!Utf8Parser.TryParse(text, out long seconds, out var used) || seconds > MaxSeconds) return false;

        text = text[used..];
        if (!Decimals.TryTakeNanos(ref text, out var nanos) || !text.SequenceEqual("s"u8)) return false;
        value.Seconds = negative ? -seconds : seconds;
        value.Nanos = negative ? -nanos : nanos;
        return true;
    }

    public override void Write(ref ProtoJsonWriter writer, Duration value)
    {
        var (seconds, nanos) = (value.Seconds, value.Nanos);
        if (!IsValid(seconds, nanos)) throw new InvalidOperationException("A duration is out of its range.");

        Span<byte> text = stackalloc byte[32];
        var length = 0;
        if (seconds < 0 || nanos < 0) text[length++] = (byte)'-';
        Utf8Formatter.TryFormat(Math.Abs(seconds), text[length..], out var digits);
        length += digits;
        length += Decimals.WriteNanos(text[length..], Math.Abs(nanos));
        text[length++] = (byte)'s';
        writer.WriteAscii(text[..length]);
    }

    private static bool IsValid(long seconds, int nanos)
    {
        if (seconds is < -MaxSeconds or > MaxSeconds || nanos is < -999_999_999 or > 999_999_999) return false;
        return nanos == 0 || Math.Sign(seconds) * Math.Sign(nanos) >= 0;
    }
}
