using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Profiles.OpenApi.Schemas;
using Profiles.Transcoding;
using Profiles.Transcoding.Routing;

namespace Profiles.OpenApi.Document;

/// <summary>A parameter of a path: one wildcard of a template.</summary>
/// <param name="Name">Its name in the document.</param>
/// <param name="Kind">One segment, or all that are left.</param>
/// <param name="Variable">The variable that takes it; null for none.</param>
internal sealed record PathParameter(string Name, SegmentKind Kind, RouteVariable? Variable);

/// <summary>A route's path as OpenAPI writes it: each wildcard is a parameter of its own.</summary>
/// <remarks>
/// A variable of several segments, <c>{name=shelves/*/books/*}</c>, becomes <c>shelves/{shelvesId}/books/{booksId}</c>: a client
/// that encodes what it puts into a path would turn the slashes of a single parameter into <c>%2F</c>.
/// </remarks>
internal sealed class DocumentPath
{
    private readonly List<string> segments = [];
    private readonly List<PathParameter> parameters = [];
    private readonly string? verb;

    public DocumentPath(RouteEndpoint endpoint, TranscodingRoute route)
    {
        var binding = route.Binding;
        verb = binding.Verb;
        // What a group of routes puts before the template.
        foreach (var part in endpoint.RoutePattern.PathSegments.SkipLast(binding.Segments.Count).Select(segment => segment.Parts[0]))
            AddPrefix(part);
        for (var i = 0; i < binding.Segments.Count; i++)
            AddSegment(binding, i, SchemaForm.Of(route.Options));
    }

    public IReadOnlyList<PathParameter> Parameters => parameters;

    /// <summary>Equal for paths that differ in the names of their parameters only: to OpenAPI they are the same.</summary>
    public string Shape => Write(parameters.Select(_ => string.Empty));

    /// <summary>The path with other names for its parameters.</summary>
    public string Write(IEnumerable<string> names)
    {
        var name = names.GetEnumerator();
        var path = string.Concat(segments.Select(segment => segment.Length > 0 ? $"/{segment}" : $"/{{{Next()}}}"));
        return verb is null ? path : $"{path}:{verb}";

        string Next() => name.MoveNext() ? name.Current : string.Empty;
    }

    private void AddPrefix(RoutePatternPart part)
    {
        if (part is RoutePatternLiteralPart literal)
            segments.Add(Uri.EscapeDataString(literal.Content));
        else
            AddParameter((part as RoutePatternParameterPart)?.Name ?? "segment", SegmentKind.Any, variable: null);
    }

    private void AddSegment(RouteBinding binding, int index, SchemaForm form)
    {
        var (kind, literal) = binding.Segments[index];
        if (kind == SegmentKind.Literal)
        {
            segments.Add(Uri.EscapeDataString(literal));
            return;
        }

        var variable = binding.Variables.FirstOrDefault(variable => variable.Start <= index && index < variable.End);
        AddParameter(NameOf(binding, index, variable, form), kind, variable);
    }

    private void AddParameter(string name, SegmentKind kind, RouteVariable? variable)
    {
        var unique = name;
        for (var number = 2; parameters.Exists(parameter => parameter.Name == unique); number++)
            unique = $"{name}{number}";
        segments.Add(string.Empty);
        parameters.Add(new PathParameter(unique, kind, variable));
    }

    private static string NameOf(RouteBinding binding, int index, RouteVariable? variable, SchemaForm form)
    {
        if (variable is not null && variable.End - variable.Start == 1)
            return form.NameOf(variable.Path);
        if (index > 0 && binding.Segments[index - 1] is { Kind: SegmentKind.Literal } before && before.Literal.All(IsNameCharacter))
            return before.Literal + (binding.Segments[index].Kind == SegmentKind.Rest ? "Path" : "Id");
        return variable is null ? "segment" : form.NameOf(variable.Path);
    }

    private static bool IsNameCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-';
}
