using Profiles.Core.Errors;
using Profiles.Core.Rules;

namespace Profiles.Core.Organizations;

/// <summary>Builds an <see cref="OrganizationPatch"/> and collects every rule that its input breaks.</summary>
/// <param name="path">What stands before a field's name in a violation: <c>organization.</c>.</param>
public sealed class OrganizationPatchBuilder(string path)
{
    /// <summary>The most violations that are collected.</summary>
    public const int MaxViolations = 50;

    private readonly SortedDictionary<OrganizationSetting, object?> settings = [];
    private readonly List<FieldViolation> violations = [];
    private string? displayName;

    /// <summary>Where the request has a setting.</summary>
    public string PathOf(OrganizationSetting setting) => $"{path}settings.{OrganizationSettingTable.Get(setting).Name}";

    /// <summary>Names the organization; empty for no name.</summary>
    public void SetDisplayName(string name)
    {
        if (TextRules.Plain(name, Organization.MaxDisplayNameLength) is { } broken)
            Violate($"{path}display_name", broken);
        displayName = name;
    }

    /// <summary>Gives a setting a value of its kind. Null, an empty text and an empty list stand for the default.</summary>
    /// <exception cref="InvalidCastException"><paramref name="value"/> is of another kind.</exception>
    public void Set(OrganizationSetting setting, object? value)
    {
        var given = value is "" or IReadOnlyList<AttributeDefinition> { Count: 0 } ? null : value;
        if (given is not null)
        {
            foreach (var violation in OrganizationSettingTable.Get(setting).Check(given, PathOf(setting)))
                Violate(violation.Field, violation.Description);
        }

        settings[setting] = given;
    }

    /// <summary>Notes a broken rule that the caller of this builder found; beyond <see cref="MaxViolations"/> it is not kept.</summary>
    public void Violate(string field, string description)
    {
        if (violations.Count < MaxViolations)
            violations.Add(new FieldViolation(field, description));
    }

    /// <summary>The patch. It takes over what the builder holds: call this once, last.</summary>
    /// <exception cref="ProfilesException">Rules are broken (<see cref="ErrorReason.InvalidRequest"/>).</exception>
    public OrganizationPatch Build() =>
        violations.Count == 0 ? new OrganizationPatch(path, displayName, settings) : throw ProfilesException.Invalid(violations);
}
