namespace Profiles.Pictures.Headers;

/// <summary>A scan of a sequential JPEG.</summary>
/// <param name="parts">What each unit of it consists of.</param>
/// <param name="units">How many there are.</param>
/// <param name="restartInterval">How many there are before each restart marker; 0 for no markers.</param>
internal sealed class JpegScan(IReadOnlyList<JpegScanPart> parts, int units, int restartInterval)
{
    private const int Coefficients = 64;
    private const int MaxBitsOfFirst = 11;
    private const int MaxBitsOfOthers = 10;
    private const int ZeroRun = 0xF0;
    private const byte Marker = 0xFF;
    private const byte FirstRestart = 0xD0;

    /// <summary>Whether data are those of the scan: all of its units, and nothing else.</summary>
    public bool Holds(ReadOnlySpan<byte> data)
    {
        // Any number of 0xFF may stand before a marker.
        data = data.TrimEnd(Marker);
        var left = units;
        for (var restarts = 0; ; restarts++)
        {
            var next = restartInterval == 0 ? left : Math.Min(restartInterval, left);
            var end = EndOfInterval(data);
            if (!HoldsUnits(data[..end], next))
                return false;
            left -= next;
            data = data[end..].TrimStart(Marker);
            if (left == 0 || data.IsEmpty)
                return left == 0 && data.IsEmpty;
            if (data[0] != FirstRestart + (restarts & 7))
                return false;
            data = data[1..];
        }
    }

    // What is no stuffed zero after 0xFF is a marker, and of those only restarts are in a scan.
    private static int EndOfInterval(ReadOnlySpan<byte> data)
    {
        for (var position = 0; ; position += 2)
        {
            var next = data[position..].IndexOf(Marker);
            if (next < 0)
                return data.Length;
            position += next;
            if (data[position + 1] != 0)
                return position;
        }
    }

    private bool HoldsUnits(ReadOnlySpan<byte> data, int count)
    {
        var reader = new EntropyReader(data);
        for (var unit = 0; unit < count; unit++)
        {
            foreach (var part in parts)
            {
                for (var block = 0; block < part.Blocks; block++)
                {
                    if (!SkipBlock(ref reader, part))
                        return false;
                }
            }

            if (reader.IsOverrun)
                return false;
        }

        return reader.IsAtEnd;
    }

    // A code has how many zeros come before a coefficient, and how many bits of the coefficient follow.
    private static bool SkipBlock(ref EntropyReader reader, JpegScanPart part)
    {
        var code = part.First.Find(reader.Peek());
        var size = code & 0xFF;
        if (code == 0 || size > MaxBitsOfFirst)
            return false;
        reader.Skip((code >> 8) + size);
        for (var i = 1; i < Coefficients; i++)
        {
            code = part.Others.Find(reader.Peek());
            size = code & 0xF;
            if (code == 0 || size > MaxBitsOfOthers)
                return false;
            reader.Skip((code >> 8) + size);
            if ((code & 0xFF) == 0)
                return true;
            if (size == 0 && (code & 0xFF) != ZeroRun)
                return false;
            i += (code & 0xF0) >> 4;
            if (i >= Coefficients)
                return false;
        }

        return true;
    }
}

/// <summary>The blocks of a component in each unit of a scan.</summary>
/// <param name="Component">The component.</param>
/// <param name="Blocks">How many blocks it has there.</param>
/// <param name="First">The codes of the first coefficient of a block.</param>
/// <param name="Others">The codes of all others.</param>
internal sealed record JpegScanPart(JpegComponent Component, int Blocks, HuffmanTable First, HuffmanTable Others);
