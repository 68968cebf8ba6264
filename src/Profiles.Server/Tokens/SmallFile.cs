namespace Profiles.Server.Tokens;

/// <summary>Reads a file of settings, however large the one is that was named by mistake.</summary>
internal static class SmallFile
{
    /// <summary>Reads a file whole.</summary>
    /// <exception cref="FormatException">It is larger; the message goes on from its name.</exception>
    public static byte[] Read(string path, int maxBytes)
    {
        using var file = File.OpenRead(path);
        var buffer = new byte[maxBytes + 1];
        var count = file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        return count <= maxBytes
            ? buffer[..count]
            : throw new FormatException($"is larger than {maxBytes / 1024} KiB");
    }
}
