using System.Globalization;
using System.Text;

namespace Profiles.Benchmarks.Reports;

/// <summary>A table of Markdown: texts first, then numbers.</summary>
internal sealed class MarkdownTable
{
    private readonly StringBuilder text = new();

    public MarkdownTable(IReadOnlyList<string> texts, params IReadOnlyList<string> numbers)
    {
        Add([.. texts, .. numbers]);
        Add([.. texts.Select(_ => "---"), .. numbers.Select(_ => "---:")]);
    }

    public void Add(params IReadOnlyList<string> cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");

    public override string ToString() => text.ToString();

    /// <summary>A number with so many decimals; a dash for none.</summary>
    public static string Number(double number, int decimals = 0) =>
        double.IsFinite(number) ? number.ToString(string.Create(CultureInfo.InvariantCulture, $"N{decimals}"), CultureInfo.InvariantCulture) : "–";
}
