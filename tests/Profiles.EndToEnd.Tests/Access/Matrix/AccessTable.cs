using Profiles.EndToEnd.Tests.Harness;

namespace Profiles.EndToEnd.Tests.Access.Matrix;

/// <summary>The table of docs/access.md that says which credential may call what.</summary>
internal sealed class AccessTable
{
    /// <summary>A cell of a call that is let through.</summary>
    public const string Open = "✓";

    private const string Heading = "| calls |";

    private readonly Dictionary<(string Rpc, string Credential), string> cells = [];

    private AccessTable(IEnumerable<string[]> rows, string[] columns)
    {
        foreach (var row in rows)
        {
            foreach (var rpc in Names(row[0]))
            {
                for (var i = 1; i < columns.Length; i++)
                {
                    foreach (var credential in Names(columns[i]))
                        cells.Add((rpc, credential), row[i]);
                }
            }
        }
    }

    /// <summary>The RPCs that have a row.</summary>
    public IEnumerable<string> Rpcs => cells.Keys.Select(key => key.Rpc).Distinct();

    /// <summary>The credentials that have a column.</summary>
    public IEnumerable<string> Credentials => cells.Keys.Select(key => key.Credential).Distinct();

    /// <summary>The texts that cells have.</summary>
    public IEnumerable<string> Cells => cells.Values.Distinct();

    /// <summary>What a call with a credential leads to: <see cref="Open"/>, 401 or 403.</summary>
    public string this[string rpc, string credential] => cells[(rpc, credential)];

    public static AccessTable Read()
    {
        var lines = File.ReadAllLines(Path.Combine(ServerProgram.Top, "docs", "access.md"))
            .SkipWhile(line => !line.StartsWith(Heading, StringComparison.Ordinal))
            .TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries))
            .ToList();
        return new AccessTable(lines.Skip(2), lines[0]);
    }

    private static string[] Names(string cell) =>
        cell.Replace("`", string.Empty, StringComparison.Ordinal).Split(',', StringSplitOptions.TrimEntries);
}
