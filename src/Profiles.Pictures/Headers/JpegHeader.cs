using System.Buffers.Binary;

namespace Profiles.Pictures.Headers;

/// <summary>Walks over the segments of a JPEG (ITU-T T.81, annex B) to its end.</summary>
internal ref struct JpegHeader
{
    private const string Name = "JPEG";
    private const byte MarkerStart = 0xFF;
    private const byte StartOfScan = 0xDA;
    private const byte EndOfImage = 0xD9;
    private const byte TablesOfHuffman = 0xC4;
    private const int BitsASample = 8;
    private const int FrameHeaderLength = 8;

    private readonly ReadOnlySpan<byte> file;
    private readonly JpegData? data;
    private int position;
    private int scans;
    private ImageHeader? header;

    private JpegHeader(ReadOnlySpan<byte> file, JpegData? data)
    {
        this.file = file;
        this.data = data;
        position = 2;
    }

    public static bool Begins(ReadOnlySpan<byte> file) => file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8]);

    public static ImageHeader Read(ReadOnlySpan<byte> file) => new JpegHeader(file, data: null).Walk();

    /// <summary>Follows the compressed data too, which takes a while.</summary>
    /// <exception cref="ImageRefusedException">It is damaged.</exception>
    public static void CheckData(ReadOnlySpan<byte> file)
    {
        var checks = new JpegData();
        new JpegHeader(file, checks).Walk();
        if (!checks.IsComplete)
            throw ImageHeader.Corrupt(Name);
    }

    private ImageHeader Walk()
    {
        while (true)
        {
            var marker = NextMarker();
            if (marker == EndOfImage)
                return header is not null && scans > 0 ? header : throw ImageHeader.Corrupt(Name);
            if (IsAlone(marker))
                continue;

            var segment = NextSegment();
            if (IsFrame(marker))
                ReadFrame(marker, segment);
            if (data?.Take(marker, segment) is false)
                throw ImageHeader.Corrupt(Name);
            if (marker == StartOfScan)
                ReadScan(segment);
        }
    }

    private byte NextMarker()
    {
        if (position >= file.Length)
            throw ImageHeader.Truncated(Name);
        if (file[position] != MarkerStart)
            throw ImageHeader.Corrupt(Name);
        while (position < file.Length && file[position] == MarkerStart)
            position++;
        return position < file.Length ? file[position++] : throw ImageHeader.Truncated(Name);
    }

    private ReadOnlySpan<byte> NextSegment()
    {
        if (position + sizeof(ushort) > file.Length)
            throw ImageHeader.Truncated(Name);
        var length = BinaryPrimitives.ReadUInt16BigEndian(file[position..]);
        if (length < sizeof(ushort))
            throw ImageHeader.Corrupt(Name);
        if (position + length > file.Length)
            throw ImageHeader.Truncated(Name);
        var segment = file.Slice(position + sizeof(ushort), length - sizeof(ushort));
        position += length;
        return segment;
    }

    private void ReadFrame(byte marker, ReadOnlySpan<byte> frame)
    {
        if (header is not null || frame.Length < FrameHeaderLength - 2)
            throw ImageHeader.Corrupt(Name);
        if (marker is not (0xC0 or 0xC1 or 0xC2))
            throw new ImageRefusedException("must be a baseline or progressive JPEG, yet is of a rare kind");
        if (frame[0] != BitsASample)
            throw new ImageRefusedException("must have 8 bits a channel, yet has more");
        if (frame[5] == 4)
            throw new ImageRefusedException("must be in RGB or grey, yet is in CMYK");
        if (frame[5] is not (1 or 3))
            throw ImageHeader.Corrupt(Name);
        header = new ImageHeader(
            ImageFormat.Jpeg, BinaryPrimitives.ReadUInt16BigEndian(frame[3..]), BinaryPrimitives.ReadUInt16BigEndian(frame[1..])).Checked();
    }

    private void ReadScan(ReadOnlySpan<byte> scan)
    {
        var start = position;
        SkipScan();
        if (data?.IsScanRight(scan, file[start..position]) is false)
            throw ImageHeader.Corrupt(Name);
    }

    // In the data of a scan, a marker is what is neither a stuffed zero nor a restart.
    private void SkipScan()
    {
        if (header is null)
            throw ImageHeader.Corrupt(Name);
        if (++scans > ImageLimits.MaxScans)
            throw new ImageRefusedException($"must have at most {ImageLimits.MaxScans} scans, yet has more");
        while (true)
        {
            var next = file[position..].IndexOf(MarkerStart);
            if (next < 0 || position + next + 1 >= file.Length)
                throw ImageHeader.Truncated(Name);
            position += next;
            var follows = file[position + 1];
            if (follows is not (0x00 or >= 0xD0 and <= 0xD7 or MarkerStart))
                return;
            position += follows == MarkerStart ? 1 : 2;
        }
    }

    private static bool IsAlone(byte marker) => marker is 0x01 or >= 0xD0 and <= 0xD7;

    // What begins a frame, and what tells of arithmetic coding, which none of those that are taken has.
    private static bool IsFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not TablesOfHuffman;
}
