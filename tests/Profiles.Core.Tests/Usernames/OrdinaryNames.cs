namespace Profiles.Core.Tests.Usernames;

/// <summary>Names and handles of the kind that people give themselves, in many languages (ordinary-names.txt).</summary>
internal static class OrdinaryNames
{
    public static IReadOnlyList<(string Group, string Name)> All { get; } = [.. Read()];

    private static IEnumerable<(string Group, string Name)> Read()
    {
        using var stream = typeof(OrdinaryNames).Assembly.GetManifestResourceStream("ordinary-names")!;
        using var reader = new StreamReader(stream);
        var group = string.Empty;
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('['))
                group = line.Trim('[', ']');
            if (line.StartsWith('#') || line.StartsWith('['))
                continue;
            foreach (var name in line.Split(' '))
                yield return (group, name);
        }
    }
}
