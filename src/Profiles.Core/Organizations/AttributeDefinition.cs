using System.Globalization;
using Profiles.Core.Errors;
using Profiles.Core.Rules;

namespace Profiles.Core.Organizations;

/// <summary>An attribute that the profiles of an organization may have.</summary>
/// <param name="Name">The key.</param>
/// <param name="MaxLength">Most code points of a value; null for <see cref="AttributeRules.MaxValueLength"/>.</param>
/// <param name="Pattern">What a whole value must match; null for anything.</param>
public sealed record AttributeDefinition(string Name, int? MaxLength, string? Pattern)
{
    /// <summary>The rules that a list of definitions breaks.</summary>
    /// <param name="definitions">The list.</param>
    /// <param name="path">Where the request has it.</param>
    public static IEnumerable<FieldViolation> Check(IReadOnlyList<AttributeDefinition> definitions, string path)
    {
        if (definitions.Count > AttributeRules.MaxCount)
            return [new FieldViolation(path, $"must have at most {AttributeRules.MaxCount} entries, yet has {definitions.Count}")];
        var first = new Dictionary<string, int>(StringComparer.Ordinal);
        return definitions.SelectMany((definition, i) => definition.Check(
            string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"), first.TryAdd(definition.Name, i))).ToList();
    }

    private IEnumerable<FieldViolation> Check(string path, bool isFirst)
    {
        if (AttributeRules.Name(Name) is { } brokenName)
            yield return new FieldViolation($"{path}.name", brokenName);
        else if (!isFirst)
            yield return new FieldViolation($"{path}.name", $"must be another one in each definition, yet '{Name}' is there before");
        if (MaxLength is { } length && NumberRules.InRange(length, 1, AttributeRules.MaxValueLength) is { } brokenLength)
            yield return new FieldViolation($"{path}.max_length", brokenLength);
        if (Pattern is not null && WholePattern.Check(Pattern) is { } brokenPattern)
            yield return new FieldViolation($"{path}.pattern", brokenPattern);
    }
}
