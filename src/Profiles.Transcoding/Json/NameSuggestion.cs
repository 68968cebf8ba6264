using Profiles.Transcoding.Json.Fields;

namespace Profiles.Transcoding.Json;

/// <summary>What an unknown name may have meant.</summary>
internal static class NameSuggestion
{
    private const int LongestName = 64;

    public static string Unknown(MessageTable table, string name)
    {
        var nearest = Nearest(table, name);
        var rule = $"names no field of {table.Descriptor.FullName}";
        return nearest is null ? rule : rule + $"; did you mean \"{nearest}\"?";
    }

    /// <summary>The JSON name at the smallest distance, at most a third of the name, and two in a short one.</summary>
    public static string? Nearest(MessageTable table, string name)
    {
        if (name.Length > LongestName) return null;

        string? nearest = null;
        var best = (name.Length < 4 ? 1 : Math.Max(2, name.Length / 3)) + 1;
        foreach (var field in table.Fields)
        {
            var distance = Math.Min(Distance(name, field.Descriptor.JsonName), Distance(name, field.Descriptor.Name));
            if (distance >= best) continue;
            best = distance;
            nearest = field.Descriptor.JsonName;
        }

        return nearest;
    }

    // Levenshtein's distance without regard to case, one row at a time.
    private static int Distance(string a, string b)
    {
        if (b.Length > LongestName) return int.MaxValue;
        Span<int> row = stackalloc int[LongestName + 1];
        for (var j = 0; j <= b.Length; j++) row[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var same = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]);
                var cost = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (same ? 0 : 1));
                (diagonal, row[j]) = (row[j], cost);
            }
        }

        return row[b.Length];
    }
}
