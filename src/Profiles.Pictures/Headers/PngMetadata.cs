using System.IO.Compression;

namespace Profiles.Pictures.Headers;

/// <summary>The compressed texts and colour profiles of a PNG: what they unpack to, libpng finds out only by unpacking all of it.</summary>
internal sealed class PngMetadata
{
    private const int BufferLength = 16 * 1024;

    private int packed;
    private int unpacked;

    /// <summary>Counts a chunk, if it is one of them.</summary>
    /// <exception cref="ImageRefusedException">All together they are too large, or it cannot be unpacked.</exception>
    public void Count(ReadOnlySpan<byte> type, ReadOnlySpan<byte> content)
    {
        if (PackedPart(type, content) is not { IsEmpty: false } part)
            return;
        packed += part.Length;
        if (packed > ImageLimits.MaxCompressedMetadata)
            throw new ImageRefusedException("must have at most 1 MiB of compressed texts and profiles, yet has more");
        try
        {
            Unpack(part);
        }
        catch (InvalidDataException exception)
        {
            throw new ImageRefusedException("must be an intact PNG image, yet is damaged", exception);
        }
    }

    private void Unpack(ReadOnlySpan<byte> part)
    {
        using var input = new MemoryStream(part.ToArray());
        using var inflate = new ZLibStream(input, CompressionMode.Decompress);
        var buffer = new byte[BufferLength];
        while (inflate.Read(buffer) is > 0 and var read)
        {
            unpacked += read;
            if (unpacked > ImageLimits.MaxUnpackedMetadata)
                throw new ImageRefusedException("must have texts and profiles of at most 8 MiB, yet they unpack to more");
        }
    }

    // After the name: zTXt and iCCP have the method; iTXt whether it is packed, the method, and two more texts.
    private static ReadOnlySpan<byte> PackedPart(ReadOnlySpan<byte> type, ReadOnlySpan<byte> content)
    {
        if (type.SequenceEqual("zTXt"u8) || type.SequenceEqual("iCCP"u8))
            return From(AfterText(content), 1);
        if (!type.SequenceEqual("iTXt"u8) || AfterText(content) is not [1, ..] rest)
            return [];
        return AfterText(AfterText(From(rest, 2)));
    }

    private static ReadOnlySpan<byte> AfterText(ReadOnlySpan<byte> content) => content.IndexOf((byte)0) is >= 0 and var end ? content[(end + 1)..] : [];

    private static ReadOnlySpan<byte> From(ReadOnlySpan<byte> content, int start) => start <= content.Length ? content[start..] : [];
}
