using Profiles.Core.Errors;
using Profiles.Core.Rules;
using Profiles.Core.Usernames;

namespace Profiles.Core.Organizations;

/// <summary>What is known of one setting: its name, its kind, and the rules for its value.</summary>
public sealed class OrganizationSettingDefinition
{
    private readonly Func<object, string, IEnumerable<FieldViolation>> rules;

    private OrganizationSettingDefinition(
        OrganizationSetting setting, string name, SettingKind kind, Func<object, string, IEnumerable<FieldViolation>> rules)
    {
        Setting = setting;
        Name = name;
        Kind = kind;
        this.rules = rules;
    }

    /// <summary>The setting.</summary>
    public OrganizationSetting Setting { get; }

    /// <summary>Its path in the message <c>OrganizationSettings</c>, which is also its name in the database.</summary>
    public string Name { get; }

    /// <summary>The kind of its value.</summary>
    public SettingKind Kind { get; }

    /// <summary>The rules that a value of the setting's kind breaks.</summary>
    /// <param name="value">The value.</param>
    /// <param name="path">Where the request has it.</param>
    /// <exception cref="InvalidCastException"><paramref name="value"/> is of another kind.</exception>
    public IEnumerable<FieldViolation> Check(object value, string path) => rules(value, path);

    internal static OrganizationSettingDefinition Flag(OrganizationSetting setting, string name) =>
        One(setting, name, SettingKind.Flag, Any<bool>);

    internal static OrganizationSettingDefinition Number(OrganizationSetting setting, string name, int min, int max) =>
        One(setting, name, SettingKind.Number, value => NumberRules.InRange((int)value, min, max));

    internal static OrganizationSettingDefinition Seconds(OrganizationSetting setting, string name, TimeSpan max) =>
        One(setting, name, SettingKind.Seconds, value => DurationRule.WholeSeconds((long)value, nanos: 0, TimeSpan.Zero, max));

    internal static OrganizationSettingDefinition Text(OrganizationSetting setting, string name, Func<string, string?> rule) =>
        One(setting, name, SettingKind.Text, value => rule((string)value));

    internal static OrganizationSettingDefinition Lookalikes(OrganizationSetting setting, string name) =>
        One(setting, name, SettingKind.Lookalikes, value => Enum.IsDefined((LookAlikePolicy)value) ? null : "must be one of the policies");

    internal static OrganizationSettingDefinition Definitions(OrganizationSetting setting, string name) =>
        new(setting, name, SettingKind.AttributeDefinitions,
            (value, path) => AttributeDefinition.Check((IReadOnlyList<AttributeDefinition>)value, path));

    // Its rules were checked when it was read.
    internal static OrganizationSettingDefinition RateLimit(OrganizationSetting setting, string name) =>
        One(setting, name, SettingKind.RateLimit, Any<Limits.RateLimit>);

    private static OrganizationSettingDefinition One(
        OrganizationSetting setting, string name, SettingKind kind, Func<object, string?> rule) =>
        new(setting, name, kind, (value, path) => rule(value) is { } broken ? [new FieldViolation(path, broken)] : []);

    private static string? Any<T>(object value)
    {
        _ = (T)value;
        return null;
    }
}
