namespace Profiles.Core.Data;

/// <summary>The text files of this folder: they travel with the program, so every machine agrees.</summary>
internal static class DataFile
{
    /// <summary>The lines of a file but remarks, which begin with #.</summary>
    public static IEnumerable<string> Lines(string name)
    {
        using var stream = typeof(DataFile).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && !line.StartsWith('#'))
                yield return line;
        }
    }
}
