namespace Profiles.Core.Usernames.Unicode;

/// <summary>
/// NFD and NFC (UAX #15) by the project's own tables: the runtime has no normalization without ICU, and ICU's answers would
/// vary with the machine's version.
/// </summary>
internal static class Normalization
{
    /// <summary>The canonical decomposition.</summary>
    public static List<int> Nfd(ReadOnlySpan<int> text)
    {
        var output = new List<int>(text.Length * 2);
        foreach (var codePoint in text)
            Decompose(codePoint, output);
        Reorder(output);
        return output;
    }

    /// <summary>The canonical composition.</summary>
    public static List<int> Nfc(ReadOnlySpan<int> text)
    {
        var output = Nfd(text);
        Compose(output);
        return output;
    }

    /// <summary>Puts the marks of a decomposed text into canonical order: a stable sort between starters.</summary>
    public static void Reorder(List<int> text)
    {
        for (var i = 1; i < text.Count; i++)
        {
            var codePoint = text[i];
            var combiningClass = ClassOf(codePoint);
            if (combiningClass == 0)
                continue;
            var position = i;
            for (; position > 0 && ClassOf(text[position - 1]) > combiningClass; position--)
                text[position] = text[position - 1];
            text[position] = codePoint;
        }
    }

    private static void Decompose(int codePoint, List<int> output)
    {
        if (Hangul.IsSyllable(codePoint))
        {
            Hangul.Decompose(codePoint, output);
        }
        else if (Mappings.Decompositions.TryGetValue(codePoint, out var parts))
        {
            foreach (var part in parts)
                Decompose(part, output);
        }
        else
        {
            output.Add(codePoint);
        }
    }

    private static void Compose(List<int> text)
    {
        var length = 0;
        var starter = -1;
        var lastClass = -1;
        for (var i = 0; i < text.Count; i++)
        {
            var codePoint = text[i];
            var combiningClass = ClassOf(codePoint);
            var isBlocked = starter < 0 || (lastClass >= combiningClass && lastClass != -1);
            if (!isBlocked && TryCompose(text[starter], codePoint, out var composed))
            {
                text[starter] = composed;
                continue;
            }

            if (combiningClass == 0)
                starter = length;
            lastClass = combiningClass == 0 ? -1 : combiningClass;
            text[length++] = codePoint;
        }

        text.RemoveRange(length, text.Count - length);
    }

    private static bool TryCompose(int first, int second, out int composed)
    {
        composed = Hangul.Compose(first, second);
        return composed >= 0 || Mappings.Compositions.TryGetValue((first, second), out composed);
    }

    private static byte ClassOf(int codePoint) => codePoint < 0x300 ? (byte)0 : CharacterTable.Get(codePoint).CombiningClass;
}
