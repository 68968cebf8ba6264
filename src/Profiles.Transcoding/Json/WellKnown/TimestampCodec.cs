using Google.Protobuf.WellKnownTypes;
using Profiles.Transcoding.Json.Codecs;

namespace Profiles.Transcoding.Json.WellKnown;

/// <summary>RFC 3339 with upper-case T and Z, as ProtoJSON asks; any offset is read, Z is written.</summary>
internal sealed class TimestampCodec : TextCodec<Timestamp>
{
    private const long MinSeconds = -62135596800;
    private const long MaxSeconds = 253402300799;

    public override string Rule => Rules.Timestamp;

    public override bool TryParse(ReadOnlySpan<byte> utf8, out Timestamp value)
    {
        value = new Timestamp();
        var text = utf8;
        if (!TryTakeDate(ref text, out var date) || !Decimals.TryTake(ref text, (byte)'T')) return false;
        if (!TryTakeTime(ref text, out var seconds) || !Decimals.TryTakeNanos(ref text, out var nanos)) return false;
        if (!TryTakeOffset(ref text, out var offset) || !text.IsEmpty) return false;

        value.Seconds = (date.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond + seconds - offset;
        value.Nanos = nanos;
        return value.Seconds is >= MinSeconds and <= MaxSeconds;
    }

    public override void Write(ref ProtoJsonWriter writer, Timestamp value)
    {
        if (value.Seconds is < MinSeconds or > MaxSeconds || value.Nanos is < 0 or > 999_999_999)
            throw new InvalidOperationException("A timestamp is out of its range.");

        Span<byte> text = stackalloc byte[32];
        "0000-00-00T00:00:00"u8.CopyTo(text);
        var time = DateTime.UnixEpoch.AddSeconds(value.Seconds);
        Decimals.Write(text, time.Year, 4);
        Decimals.Write(text[5..], time.Month, 2);
        Decimals.Write(text[8..], time.Day, 2);
        Decimals.Write(text[11..], time.Hour, 2);
        Decimals.Write(text[14..], time.Minute, 2);
        Decimals.Write(text[17..], time.Second, 2);
        var length = 19 + Decimals.WriteNanos(text[19..], value.Nanos);
        text[length] = (byte)'Z';
        writer.WriteAscii(text[..(length + 1)]);
    }

    private static bool TryTakeDate(ref ReadOnlySpan<byte> text, out DateTime date)
    {
        date = default;
        if (!Decimals.TryTake(ref text, 4, out var year) || !Decimals.TryTake(ref text, (byte)'-')) return false;
        if (!Decimals.TryTake(ref text, 2, out var month) || !Decimals.TryTake(ref text, (byte)'-')) return false;
        if (!Decimals.TryTake(ref text, 2, out var day) || year == 0 || month is 0 or > 12) return false;
        if (day == 0 || day > DateTime.DaysInMonth(year, month)) return false;

        date = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc);
        return true;
    }

    private static bool TryTakeTime(ref ReadOnlySpan<byte> text, out int seconds)
    {
        seconds = 0;
        if (!TryTakeHourMinute(ref text, out var minutes) || !Decimals.TryTake(ref text, (byte)':')) return false;
        if (!Decimals.TryTake(ref text, 2, out var second) || second > 59) return false;

        seconds = minutes * 60 + second;
        return true;
    }

    private static bool TryTakeOffset(ref ReadOnlySpan<byte> text, out int seconds)
    {
        seconds = 0;
        if (Decimals.TryTake(ref text, (byte)'Z')) return true;

        var negative = text is [(byte)'-', ..];
        if (text is not [(byte)'-' or (byte)'+', ..]) return false;
        text = text[1..];
        if (!TryTakeHourMinute(ref text, out var minutes)) return false;

        seconds = (negative ? -minutes : minutes) * 60;
        return true;
    }

    private static bool TryTakeHourMinute(ref ReadOnlySpan<byte> text, out int minutes)
    {
        minutes = 0;
        if (!Decimals.TryTake(ref text, 2, out var hour) || hour > 23 || !Decimals.TryTake(ref text, (byte)':')) return false;
        if (!Decimals.TryTake(ref text, 2, out var minute) || minute > 59) return false;

        minutes = hour * 60 + minute;
        return true;
    }
}
