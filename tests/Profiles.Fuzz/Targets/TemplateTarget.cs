using System.Text;
using Profiles.Transcoding.Routing;

namespace Profiles.Fuzz.Targets;

/// <summary>Path templates: refused with a reason, or parsed into one that keeps its shape and matches a path made of it.</summary>
internal sealed class TemplateTarget : IFuzzTarget
{
    public string Name => "templates";

    public Task<string> RunAsync(byte[] input)
    {
        HttpTemplate template;
        try
        {
            template = TemplateParser.Parse(Encoding.UTF8.GetString(input));
        }
        catch (FormatException refused)
        {
            // What follows is the place and the template.
            return Task.FromResult(refused.Message[..refused.Message.IndexOf(" (at", StringComparison.Ordinal)]);
        }

        if (TemplateParser.Parse(template.Shape).Shape != template.Shape) throw new InvalidOperationException($"{template.Shape} is another shape.");
        var path = new RequestPath(template.Shape.Replace("**", "x/y", StringComparison.Ordinal).Replace('*', 'x'));
        if (!TemplateMatcher.Matches(template, path, skip: 0)) throw new InvalidOperationException($"{template.Shape} does not match its own path.");
        return Task.FromResult("parsed " + string.Concat(template.Segments.Select(segment => segment.Kind)));
    }
}
