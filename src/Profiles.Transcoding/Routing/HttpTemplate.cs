using System.Text;

namespace Profiles.Transcoding.Routing;

/// <summary>What one segment of a template matches.</summary>
public enum SegmentKind
{
    /// <summary>Just its letters.</summary>
    Literal,

    /// <summary><c>*</c>: one segment that is not empty.</summary>
    Any,

    /// <summary><c>**</c>: the rest of the path, even none.</summary>
    Rest,
}

/// <summary>One segment of a template.</summary>
/// <param name="Kind">What it matches.</param>
/// <param name="Literal">Its letters, decoded; empty where it is no literal.</param>
public readonly record struct TemplateSegment(SegmentKind Kind, string Literal);

/// <summary>A variable: the field it sets and the segments it takes, up to but without <paramref name="End"/>.</summary>
internal sealed record TemplateVariable(string FieldPath, int Start, int End, bool IsMultiSegment);

/// <summary>A path template of google.api.http, for instance <c>/v1/{name=shelves/*}:archive</c>.</summary>
internal sealed class HttpTemplate(string text, TemplateSegment[] segments, TemplateVariable[] variables, string? verb)
{
    public string Text { get; } = text;

    public TemplateSegment[] Segments { get; } = segments;

    public TemplateVariable[] Variables { get; } = variables;

    /// <summary>What follows the last colon, or null.</summary>
    public string? Verb { get; } = verb;

    /// <summary>The template ends with <c>**</c>.</summary>
    public bool HasRest => Segments[^1].Kind == SegmentKind.Rest;

    /// <summary>Equal for two templates that match the same paths with the same precedence, whatever their variables are called.</summary>
    public string Shape
    {
        get
        {
            var shape = new StringBuilder();
            foreach (var segment in Segments)
            {
                shape.Append('/').Append(segment.Kind switch
                {
                    SegmentKind.Any => "*",
                    SegmentKind.Rest => "**",
                    _ => Uri.EscapeDataString(segment.Literal),
                });
            }

            return Verb is null ? shape.ToString() : shape.Append(':').Append(Verb).ToString();
        }
    }

    /// <summary>
    /// Which of two templates that match the same path wins: segment by segment a literal before <c>*</c> before <c>**</c>,
    /// then the one with a verb.
    /// </summary>
    public int ComparePrecedence(HttpTemplate other)
    {
        for (var i = 0; i < Segments.Length && i < other.Segments.Length; i++)
        {
            var order = Segments[i].Kind.CompareTo(other.Segments[i].Kind);
            if (order != 0) return order;
        }

        // The longer one ends with a ** that took nothing, or the shorter one with a ** that took more.
        if (Segments.Length != other.Segments.Length) return HasRest.CompareTo(other.HasRest);
        return (Verb is null).CompareTo(other.Verb is null);
    }
}
