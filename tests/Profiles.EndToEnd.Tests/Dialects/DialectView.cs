using System.Text.Json.Nodes;

namespace Profiles.EndToEnd.Tests.Dialects;

/// <summary>
/// The user <c>alice</c> through one dialect: what a client of it writes and reads, by the names that our own API has for the fields.
/// </summary>
/// <param name="Name">The dialect.</param>
/// <param name="Fields">The fields that it writes.</param>
/// <param name="Write">Writes these fields.</param>
/// <param name="Read">Reads all fields that it knows; a field without a value as an empty text.</param>
internal sealed record DialectView(
    string Name,
    IReadOnlyList<string> Fields,
    Func<IReadOnlyDictionary<string, string>, Task> Write,
    Func<Task<IReadOnlyDictionary<string, string>>> Read)
{
    public override string ToString() => Name;

    /// <summary>Picks texts and flags out of an answer, by the paths that a dialect has for our fields.</summary>
    public static IReadOnlyDictionary<string, string> Pick(JsonNode answer, params (string Field, string Path)[] paths) =>
        paths.ToDictionary(path => path.Field, path => Find(answer, path.Path), StringComparer.Ordinal);

    private static string Find(JsonNode answer, string path)
    {
        JsonNode? found = answer;
        foreach (var part in path.Split('.'))
            found = found is JsonArray list ? list[0]![part] : found?[part];
        return found?.ToString() ?? string.Empty;
    }
}
