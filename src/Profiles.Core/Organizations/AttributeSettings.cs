using System.Collections.Frozen;
using Profiles.Core.Rules;

namespace Profiles.Core.Organizations;

/// <summary>Rules for attributes as they are in effect. They bind an attribute when it is set.</summary>
public sealed class AttributeSettings
{
    private const int MaxPrefixLength = 32;

    private readonly FrozenDictionary<string, (int MaxLength, WholePattern? Pattern)> definitions;

    /// <summary>Creates rules.</summary>
    /// <param name="definitions">The attributes that may be set; when there are none, any may.</param>
    /// <param name="requiredPrefix">What keys must begin with; empty for anything.</param>
    public AttributeSettings(IReadOnlyList<AttributeDefinition> definitions, string requiredPrefix)
    {
        Definitions = definitions;
        RequiredPrefix = requiredPrefix;
        this.definitions = definitions.ToFrozenDictionary(
            definition => definition.Name,
            definition => (definition.MaxLength ?? AttributeRules.MaxValueLength, definition.Pattern is { } text ? new WholePattern(text) : null),
            StringComparer.Ordinal);
    }

    /// <summary>The attributes that may be set; when there are none, any may.</summary>
    public IReadOnlyList<AttributeDefinition> Definitions { get; }

    /// <summary>What keys must begin with; empty for anything.</summary>
    public string RequiredPrefix { get; }

    /// <summary>A good prefix: null, or the rule that it breaks.</summary>
    public static string? CheckPrefix(string prefix) =>
        prefix.Length <= MaxPrefixLength && AttributeRules.Name(prefix) is null
            ? null
            : $"must have at most {MaxPrefixLength} characters of A–Z a–z 0–9 _";

    /// <summary>
    /// An attribute that may be set: null, or the rule that is broken, in words that go on from the attribute's name. What holds
    /// for the attributes of all organizations is not checked here.
    /// </summary>
    public string? Check(string key, string value)
    {
        if (!key.StartsWith(RequiredPrefix, StringComparison.Ordinal))
            return $"must have a key that begins with '{RequiredPrefix}', as the organization requires";
        if (definitions.Count == 0)
            return null;
        if (!definitions.TryGetValue(key, out var definition))
            return "must be registered with the organization";
        if (TextRules.Plain(value, definition.MaxLength) is { } broken)
            return broken;
        return definition.Pattern is null || definition.Pattern.Matches(value) ? null : $"must match the pattern {definition.Pattern.Text}";
    }
}
