using System.Buffers.Binary;

namespace Profiles.Pictures.Headers;

/// <summary>
/// Follows the codes of a sequential JPEG (ITU-T T.81, F.2.2) without making pixels of them: each scan must hold just the blocks that the
/// picture has, and not one byte more. libjpeg tells of that too, but by a warning after the last row, where libvips does not look any more.
/// </summary>
internal sealed class JpegData
{
    private const int TablesOfAKind = 4;

    // Those for the first coefficient of a block, then those for the others.
    private readonly HuffmanTable?[] tables = new HuffmanTable?[2 * TablesOfAKind];
    private readonly HashSet<byte> scanned = [];
    private int restartInterval;
    private JpegFrame? frame;

    /// <summary>Takes a frame, tables or an interval; false for one that is none.</summary>
    public bool Take(byte marker, ReadOnlySpan<byte> segment) => marker switch
    {
        0xC0 or 0xC1 or 0xC2 => (frame = JpegFrame.Read(marker != 0xC2, segment)) is not null,
        0xC4 => TakeTables(segment),
        0xDD => TakeInterval(segment),
        _ => true,
    };

    /// <summary>Whether a scan is right; one of a progressive JPEG is left to libvips, which hears of its warnings in time.</summary>
    /// <param name="header">The segment before it.</param>
    /// <param name="data">The compressed data with its restart markers.</param>
    public bool IsScanRight(ReadOnlySpan<byte> header, ReadOnlySpan<byte> data)
    {
        if (frame is not { IsSequential: true })
            return frame is not null;
        if (ReadParts(header) is not { } parts)
            return false;
        var units = parts.Count > 1 ? frame.Units : frame.BlocksOf(parts[0].Component);
        return new JpegScan(parts, units, restartInterval).Holds(data);
    }

    /// <summary>Whether nothing is missing at the end.</summary>
    public bool IsComplete => frame is { IsSequential: false } || scanned.Count == frame?.Components.Count;

    private bool TakeTables(ReadOnlySpan<byte> segment)
    {
        while (segment.Length > HuffmanTable.MaxLength)
        {
            var (kind, id) = (segment[0] >> 4, segment[0] & 0xF);
            var counts = segment.Slice(1, HuffmanTable.MaxLength);
            var sum = 0;
            foreach (var count in counts)
                sum += count;
            var length = 1 + HuffmanTable.MaxLength + sum;
            if (kind > 1 || id >= TablesOfAKind || sum > 256 || length > segment.Length)
                return false;
            if (HuffmanTable.Create(counts, segment[(1 + HuffmanTable.MaxLength)..length]) is not { } table)
                return false;
            tables[(kind * TablesOfAKind) + id] = table;
            segment = segment[length..];
        }

        return segment.IsEmpty;
    }

    private bool TakeInterval(ReadOnlySpan<byte> segment)
    {
        if (segment.Length != sizeof(ushort))
            return false;
        restartInterval = BinaryPrimitives.ReadUInt16BigEndian(segment);
        return true;
    }

    // Null for a header that does not fit the frame, or names tables that are not there.
    private List<JpegScanPart>? ReadParts(ReadOnlySpan<byte> header)
    {
        // All coefficients, and all bits of them.
        ReadOnlySpan<byte> end = [0, 63, 0];
        if (header.IsEmpty || header[0] is < 1 or > 4 || header.Length != 4 + (2 * header[0]) || !header.EndsWith(end))
            return null;
        var parts = new List<JpegScanPart>(header[0]);
        for (var i = 0; i < header[0]; i++)
        {
            var (id, first, others) = (header[1 + (2 * i)], header[2 + (2 * i)] >> 4, header[2 + (2 * i)] & 0xF);
            if (frame!.Components.FirstOrDefault(component => component.Id == id) is not { Across: > 0 } component || !scanned.Add(id))
                return null;
            if (TableOf(0, first) is not { } firstTable || TableOf(1, others) is not { } otherTable)
                return null;
            parts.Add(new JpegScanPart(component, header[0] == 1 ? 1 : component.Across * component.Down, firstTable, otherTable));
        }

        return parts;
    }

    private HuffmanTable? TableOf(int kind, int id) => id < TablesOfAKind ? tables[(kind * TablesOfAKind) + id] : null;
}
