using Profiles.Core.Identity;

namespace Profiles.Core.Credentials.Applications;

/// <summary>Reads master keys from their text form: lines <c>id:base64</c>, of which empty ones and those with # do not count.</summary>
public static class MasterKeyReader
{
    /// <summary>The most keys.</summary>
    public const int MaxCount = 32;

    private const int MaxIdLength = 32;

    private const string Rule = "each is an id of 1–32 characters of A–Z a–z 0–9 . _ -, a colon, and 32 random bytes in base64";

    /// <summary>Reads the keys, in their order.</summary>
    /// <param name="text">The lines; commas separate them as well.</param>
    /// <exception cref="FormatException">A line is not of that form; the message names it by number, and goes on from a setting's name.</exception>
    public static MasterKeys Read(string text)
    {
        var lines = text.Split(['\n', ','], StringSplitOptions.TrimEntries);
        var keys = new List<MasterKey>();
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].Length > 0 && !lines[i].StartsWith('#'))
                keys.Add(ReadLine(lines[i]) ?? throw new FormatException($"has no master key in line {i + 1}: {Rule}"));
        }

        if (keys.Count is 0 or > MaxCount)
            throw new FormatException($"must have 1–{MaxCount} lines: {Rule}");
        return keys.DistinctBy(key => key.Id).Count() == keys.Count
            ? new MasterKeys(keys)
            : throw new FormatException("has two master keys of the same id");
    }

    private static MasterKey? ReadLine(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0 || !IdentifierSyntax.IsValid(line[..colon], MaxIdLength, "._-"))
            return null;
        var bytes = new byte[MasterKeys.KeyLength];
        return Convert.TryFromBase64String(line[(colon + 1)..], bytes, out var length) && length == bytes.Length
            ? new MasterKey(line[..colon], bytes)
            : null;
    }
}
