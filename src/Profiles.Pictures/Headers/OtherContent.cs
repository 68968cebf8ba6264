namespace Profiles.Pictures.Headers;

/// <summary>Says what a file is that is none of the formats that are taken, as far as its first bytes tell.</summary>
internal static class OtherContent
{
    private const int LookedAt = 256;

    public static string Describe(ReadOnlySpan<byte> file)
    {
        if (file.StartsWith("GIF8"u8))
            return "is a GIF";
        if (file.StartsWith("BM"u8))
            return "is a BMP";
        if (file.StartsWith("II*\0"u8) || file.StartsWith("MM\0*"u8))
            return "is a TIFF";
        if (file.StartsWith("%PDF"u8))
            return "is a PDF document";
        if (file.StartsWith("\0\0\u0001\0"u8))
            return "is an icon";
        if (file.Length >= 12 && file[4..8].SequenceEqual("ftyp"u8))
            return DescribeBrand(file[8..12]);
        return DescribeText(file[..Math.Min(file.Length, LookedAt)]);
    }

    private static string DescribeBrand(ReadOnlySpan<byte> brand)
    {
        if (brand.SequenceEqual("avif"u8) || brand.SequenceEqual("avis"u8))
            return "is an AVIF";
        return brand[0] == 'h' || brand.SequenceEqual("mif1"u8) || brand.SequenceEqual("msf1"u8) ? "is a HEIC" : "is a film";
    }

    private static string DescribeText(ReadOnlySpan<byte> start)
    {
        foreach (var b in start)
        {
            if (b < ' ' && b is not ((byte)'\t' or (byte)'\n' or (byte)'\r'))
                return "is none";
        }

        return start.IndexOf("<svg"u8) >= 0 ? "is an SVG" : "is text";
    }
}
