using Microsoft.AspNetCore.Routing.Patterns;

namespace Profiles.Transcoding.Routing;

/// <summary>
/// The ASP.NET Core route under which a template's endpoint is found. It lets more through than the template does (letter
/// case, any verb); <see cref="TranscodingMatcherPolicy"/> decides among the endpoints that it finds.
/// </summary>
internal static class RoutePatternBuilder
{
    public static RoutePattern Build(HttpTemplate template)
    {
        var segments = new RoutePatternPathSegment[template.Segments.Length];
        for (var i = 0; i < segments.Length; i++)
            segments[i] = RoutePatternFactory.Segment(Part(template, i));
        return RoutePatternFactory.Pattern(template.Text, segments);
    }

    private static RoutePatternPart Part(HttpTemplate template, int index)
    {
        var segment = template.Segments[index];
        if (segment.Kind == SegmentKind.Literal)
        {
            var verb = index == template.Segments.Length - 1 && template.Verb is not null ? ":" + template.Verb : "";
            return RoutePatternFactory.LiteralPart(segment.Literal + verb);
        }

        var kind = segment.Kind == SegmentKind.Rest ? RoutePatternParameterKind.CatchAll : RoutePatternParameterKind.Standard;
        return RoutePatternFactory.ParameterPart(Name(template, index), @default: null, kind);
    }

    private static string Name(HttpTemplate template, int index)
    {
        foreach (var variable in template.Variables)
        {
            if (variable.Start == index && variable.End == index + 1) return variable.FieldPath;
        }

        // No identifier, so never the name of a variable.
        return "segment-" + index;
    }
}
