using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Profiles.Transcoding.Json.WellKnown;

/// <summary>The two spellings of a field path: <c>user.display_name</c> and <c>user.displayName</c>.</summary>
internal static class FieldMaskText
{
    // In a short text there can be very many.
    public const int MaxPaths = 10_000;

    /// <summary>The paths between the commas that are not in backticks; false where they are too many.</summary>
    public static bool TrySplit(string text, out List<string> paths)
    {
        paths = [];
        var (start, quoted) = (0, false);
        for (var i = 0; i < text.Length && paths.Count < MaxPaths; i++)
        {
            if (text[i] == '`') quoted = !quoted;
            if (text[i] != ',' || quoted) continue;
            paths.Add(text[start..i]);
            start = i + 1;
        }

        if (text.Length > 0) paths.Add(text[start..]);
        return paths.Count <= MaxPaths;
    }

    public static bool TryToProto(string json, [NotNullWhen(true)] out string? proto) => TryConvert(json, AppendProto, out proto);

    public static bool TryToJson(string proto, [NotNullWhen(true)] out string? json) => TryConvert(proto, AppendJson, out json);

    /// <summary>The key as a part of a path: in backticks unless it is an identifier, with backticks doubled.</summary>
    public static string Key(string key) =>
        IsIdentifier(key) ? key : "`" + key.Replace("`", "``", StringComparison.Ordinal) + "`";

    private static bool IsIdentifier(string key)
    {
        if (key.Length == 0 || char.IsAsciiDigit(key[0])) return false;
        foreach (var c in key)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c != '_') return false;
        }

        return true;
    }

    private delegate bool Append(StringBuilder target, string path, int index);

    private static bool TryConvert(string path, Append append, [NotNullWhen(true)] out string? converted)
    {
        converted = null;
        var target = new StringBuilder(path.Length + 8);
        var quoted = false;
        for (var i = 0; i < path.Length; i++)
        {
            if (path[i] == '`') quoted = !quoted;
            if (quoted || path[i] is '`' or '.') target.Append(path[i]);
            else if (!append(target, path, i)) return false;
        }

        if (path.Length == 0 || quoted) return false;
        converted = target.ToString();
        return true;
    }

    private static bool AppendProto(StringBuilder target, string path, int index)
    {
        var c = path[index];
        if (!char.IsAsciiLetterOrDigit(c) && c != '*') return false;
        if (char.IsAsciiLetterUpper(c)) target.Append('_');
        target.Append(char.ToLowerInvariant(c));
        return true;
    }

    // Only an underscore before a lower-case letter survives the way to JSON and back.
    private static bool AppendJson(StringBuilder target, string path, int index)
    {
        var c = path[index];
        if (c == '_') return index + 1 < path.Length && char.IsAsciiLetterLower(path[index + 1]);
        if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '*') return false;

        target.Append(index > 0 && path[index - 1] == '_' ? char.ToUpperInvariant(c) : c);
        return true;
    }
}
