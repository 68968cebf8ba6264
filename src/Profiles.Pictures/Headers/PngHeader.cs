using System.Buffers.Binary;

namespace Profiles.Pictures.Headers;

/// <summary>Walks over the chunks of a PNG (W3C PNG, third edition) to its end, and checks the sum of each.</summary>
internal static class PngHeader
{
    private const string Name = "PNG";
    private const int SignatureLength = 8;
    private const int ChunkOverhead = 12; // length, type and checksum
    private const int HeaderLength = 13;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n'];

    public static bool Begins(ReadOnlySpan<byte> file) => file.StartsWith(Signature[..4]);

    public static ImageHeader Read(ReadOnlySpan<byte> file)
    {
        if (file.Length < SignatureLength)
            throw ImageHeader.Truncated(Name);
        if (!file.StartsWith(Signature))
            throw ImageHeader.Corrupt(Name);
        var rest = file[SignatureLength..];
        var header = ReadHeader(NextChunk(ref rest, out var first), first);
        var metadata = new PngMetadata();
        while (true)
        {
            var type = NextChunk(ref rest, out var content);
            if (type.SequenceEqual("IEND"u8))
                return header;
            if (type.SequenceEqual("acTL"u8))
                throw new ImageRefusedException("must be a still image, yet is animated");
            metadata.Count(type, content);
        }
    }

    private static ReadOnlySpan<byte> NextChunk(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> content)
    {
        if (rest.Length < ChunkOverhead)
            throw ImageHeader.Truncated(Name);
        var length = BinaryPrimitives.ReadUInt32BigEndian(rest);
        if (length > rest.Length - ChunkOverhead)
            throw ImageHeader.Truncated(Name);

        var chunk = rest.Slice(4, (int)length + 4);
        if (PngChecksum.Compute(chunk) != BinaryPrimitives.ReadUInt32BigEndian(rest[((int)length + 8)..]))
            throw ImageHeader.Corrupt(Name);
        rest = rest[((int)length + ChunkOverhead)..];
        content = chunk[4..];
        return chunk[..4];
    }

    private static ImageHeader ReadHeader(ReadOnlySpan<byte> type, ReadOnlySpan<byte> content)
    {
        if (!type.SequenceEqual("IHDR"u8) || content.Length != HeaderLength)
            throw ImageHeader.Corrupt(Name);
        if (content[8] == 16)
            throw new ImageRefusedException("must have 8 bits a channel, yet has 16");
        var (width, height) = (BinaryPrimitives.ReadUInt32BigEndian(content), BinaryPrimitives.ReadUInt32BigEndian(content[4..]));
        if (width > int.MaxValue || height > int.MaxValue)
            throw ImageHeader.Corrupt(Name);
        return new ImageHeader(ImageFormat.Png, (int)width, (int)height).Checked();
    }
}
