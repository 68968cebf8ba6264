using Profiles.Core.Errors;

namespace Profiles.Core.Organizations;

/// <summary>
/// What a write does to an organization: what it names gets a new value or goes back to its default, the rest is left alone. Every
/// value by itself obeys the rules. Made by <see cref="OrganizationPatchBuilder"/>.
/// </summary>
public sealed class OrganizationPatch
{
    internal OrganizationPatch(string path, string? displayName, IReadOnlyDictionary<OrganizationSetting, object?> settings)
    {
        Path = path;
        DisplayName = displayName;
        Settings = settings;
    }

    /// <summary>The new name; null leaves it alone.</summary>
    public string? DisplayName { get; }

    /// <summary>The settings that are named, in their order, each with its new value; null stands for the default.</summary>
    public IReadOnlyDictionary<OrganizationSetting, object?> Settings { get; }

    /// <summary>Whether usernames are unique afterwards because the patch says so.</summary>
    public bool MakesUsernamesUnique => Settings.TryGetValue(OrganizationSetting.UsernamesUnique, out var unique) && unique is not false;

    // What stands before a field in a violation.
    private string Path { get; }

    /// <summary>The settings that <paramref name="current"/> would become.</summary>
    public OrganizationSettings ApplyTo(OrganizationSettings current)
    {
        var values = new Dictionary<OrganizationSetting, object>();
        foreach (var definition in OrganizationSettingTable.All)
        {
            var value = Settings.TryGetValue(definition.Setting, out var changed) ? changed : current[definition.Setting];
            if (value is not null)
                values.Add(definition.Setting, value);
        }

        return new OrganizationSettings(values);
    }

    /// <summary>Whether an organization as <paramref name="current"/> would stay as it is.</summary>
    public bool ChangesNothing(Organization current) =>
        (DisplayName is null || DisplayName == current.DisplayName)
        && Settings.All(setting => IsSame(setting.Value, current.Settings[setting.Key]));

    /// <summary>The rules about several settings that an organization with <paramref name="current"/> would break.</summary>
    public IReadOnlyList<FieldViolation> CheckTogether(OrganizationSettings current)
    {
        var settings = ApplyTo(current);
        var violations = new List<FieldViolation>();
        var (min, max) = (settings.Usernames.MinLength, settings.Usernames.MaxLength);
        if (min > max)
            violations.Add(new FieldViolation(PathOf(OrganizationSetting.UsernamesMinLength), $"must not be more than max_length, yet {min} is more than {max}"));

        var prefix = settings.Attributes.RequiredPrefix;
        for (var i = 0; i < settings.Attributes.Definitions.Count; i++)
        {
            if (!settings.Attributes.Definitions[i].Name.StartsWith(prefix, StringComparison.Ordinal))
                violations.Add(new FieldViolation($"{PathOf(OrganizationSetting.AttributesDefinitions)}[{i}].name", $"must begin with the required_prefix '{prefix}'"));
        }

        return violations;
    }

    private static bool IsSame(object? value, object? other) =>
        value is IReadOnlyList<AttributeDefinition> list
            ? other is IReadOnlyList<AttributeDefinition> others && list.SequenceEqual(others)
            : Equals(value, other);

    /// <summary>Where a request has a setting, for a violation.</summary>
    public string PathOf(OrganizationSetting setting) => $"{Path}settings.{OrganizationSettingTable.Get(setting).Name}";
}
