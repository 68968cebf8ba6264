using System.Globalization;
using System.Net;
using System.Text;

namespace Profiles.Benchmarks.Reports;

/// <summary>A chart of bars, each of one part or several, as SVG.</summary>
internal sealed class BarChart(string title, string unit, params IReadOnlyList<string> parts)
{
    private const int Width = 880, LabelWidth = 310, NumberWidth = 90, BarHeight = 18, Step = 26, Top = 64;

    private static readonly string[] Colours = ["#2f6f9f", "#d98c3f", "#7a7a7a"];

    private readonly List<(string Label, double[] Values)> bars = [];

    public void Add(string label, params double[] values) => bars.Add((label, values));

    public string Render(string format = "N0")
    {
        var longest = bars.Select(bar => bar.Values.Sum()).DefaultIfEmpty(1).Max();
        var svg = new StringBuilder();
        var height = Top + (bars.Count * Step) + 12;
        Add(svg, $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{Width}\" height=\"{height}\"");
        Add(svg, $"    font-family=\"sans-serif\" font-size=\"13\">");
        Add(svg, $"<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>");
        Add(svg, $"<text x=\"12\" y=\"24\" font-size=\"16\" font-weight=\"bold\">{Escape(title)}</text>");
        AddLegend(svg);
        for (var i = 0; i < bars.Count; i++)
            AddBar(svg, bars[i].Label, bars[i].Values, Top + (i * Step), (Width - LabelWidth - NumberWidth) / longest, format);
        return svg.Append("</svg>\n").ToString();
    }

    private void AddLegend(StringBuilder svg)
    {
        Add(svg, $"<text x=\"12\" y=\"46\" fill=\"#555555\">{Escape(unit)}</text>");
        for (var i = 0; parts.Count > 1 && i < parts.Count; i++)
        {
            var x = LabelWidth + (i * 160);
            Add(svg, $"<rect x=\"{x}\" y=\"35\" width=\"12\" height=\"12\" fill=\"{Colours[i]}\"/>");
            Add(svg, $"<text x=\"{x + 18}\" y=\"46\">{Escape(parts[i])}</text>");
        }
    }

    private static void AddBar(StringBuilder svg, string label, double[] values, int y, double scale, string format)
    {
        Add(svg, $"<text x=\"{LabelWidth - 8}\" y=\"{y + 14}\" text-anchor=\"end\">{Escape(label)}</text>");
        double x = LabelWidth;
        for (var i = 0; i < values.Length; i++)
        {
            Add(svg, $"<rect x=\"{x:F1}\" y=\"{y}\" width=\"{values[i] * scale:F1}\" height=\"{BarHeight}\" fill=\"{Colours[i]}\"/>");
            x += values[i] * scale;
        }

        Add(svg, $"<text x=\"{x + 6:F1}\" y=\"{y + 14}\">{values.Sum().ToString(format, CultureInfo.InvariantCulture)}</text>");
    }

    private static void Add(StringBuilder svg, FormattableString line) =>
        svg.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

    private static string Escape(string text) => WebUtility.HtmlEncode(text);
}
