using System.Buffers.Binary;

namespace Profiles.Pictures.Headers;

/// <summary>Walks over the chunks of a WebP (RFC 9649) to its end.</summary>
internal static class WebpHeader
{
    private const string Name = "WebP";
    private const int FileHeaderLength = 12;
    private const int ChunkHeaderLength = 8;
    private const int DimensionMask = 0x3FFF;
    private const byte AnimationFlag = 0x02;
    private const byte LosslessSignature = 0x2F;

    public static bool Begins(ReadOnlySpan<byte> file) => file.StartsWith("RIFF"u8) && file.Length >= FileHeaderLength && file[8..12].SequenceEqual("WEBP"u8);

    public static ImageHeader Read(ReadOnlySpan<byte> file)
    {
        var length = BinaryPrimitives.ReadUInt32LittleEndian(file[4..]) + (ulong)ChunkHeaderLength;
        if (length > (ulong)file.Length)
            throw ImageHeader.Truncated(Name);
        var rest = file[FileHeaderLength..(int)length];
        ImageHeader? header = null;
        while (rest.Length > 0)
        {
            var type = NextChunk(ref rest, out var content);
            if (type.SequenceEqual("ANIM"u8) || type.SequenceEqual("ANMF"u8) || IsAnimated(type, content))
                throw new ImageRefusedException("must be a still image, yet is animated");
            header ??= Find(type, content);
        }

        return header ?? throw ImageHeader.Corrupt(Name);
    }

    private static ReadOnlySpan<byte> NextChunk(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> content)
    {
        if (rest.Length < ChunkHeaderLength)
            throw ImageHeader.Truncated(Name);
        var length = BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]);
        if (length > rest.Length - ChunkHeaderLength)
            throw ImageHeader.Truncated(Name);
        var type = rest[..4];
        content = rest.Slice(ChunkHeaderLength, (int)length);
        rest = rest[(ChunkHeaderLength + (int)length)..];
        // A chunk of odd length has a zero after it. Not every program writes it at the end.
        if (!int.IsEvenInteger((int)length) && !rest.IsEmpty)
        {
            if (rest[0] != 0)
                throw ImageHeader.Corrupt(Name);
            rest = rest[1..];
        }

        return type;
    }

    private static bool IsAnimated(ReadOnlySpan<byte> type, ReadOnlySpan<byte> content) =>
        type.SequenceEqual("VP8X"u8) && content.Length > 0 && (content[0] & AnimationFlag) != 0;

    private static ImageHeader? Find(ReadOnlySpan<byte> type, ReadOnlySpan<byte> content)
    {
        if (type.SequenceEqual("VP8 "u8))
            return ReadLossy(content);
        if (type.SequenceEqual("VP8L"u8))
            return ReadLossless(content);
        // The canvas is checked ahead of the image on it.
        if (type.SequenceEqual("VP8X"u8))
            _ = ReadCanvas(content);
        return null;
    }

    // RFC 6386, section 9.1: three bytes of tag, the start code, then both sizes. Above each stands how a player may enlarge it, which no
    // still image asks for.
    private static ImageHeader ReadLossy(ReadOnlySpan<byte> content)
    {
        if (content.Length < 10 || !content[3..6].SequenceEqual((ReadOnlySpan<byte>)[0x9D, 0x01, 0x2A]))
            throw ImageHeader.Corrupt(Name);
        var (width, height) = (BinaryPrimitives.ReadUInt16LittleEndian(content[6..]), BinaryPrimitives.ReadUInt16LittleEndian(content[8..]));
        return width <= DimensionMask && height <= DimensionMask ? Create(width, height) : throw ImageHeader.Corrupt(Name);
    }

    private static ImageHeader ReadLossless(ReadOnlySpan<byte> content)
    {
        if (content.Length < 5 || content[0] != LosslessSignature)
            throw ImageHeader.Corrupt(Name);
        var bits = (int)(BinaryPrimitives.ReadUInt32LittleEndian(content[1..]) & 0x0FFF_FFFF);
        return Create((bits & DimensionMask) + 1, (bits >> 14) + 1);
    }

    private static ImageHeader ReadCanvas(ReadOnlySpan<byte> content)
    {
        if (content.Length < 10)
            throw ImageHeader.Corrupt(Name);
        return Create(ReadUInt24(content[4..]) + 1, ReadUInt24(content[7..]) + 1);
    }

    private static int ReadUInt24(ReadOnlySpan<byte> bytes) => bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);

    private static ImageHeader Create(int width, int height) => new ImageHeader(ImageFormat.Webp, width, height).Checked();
}
