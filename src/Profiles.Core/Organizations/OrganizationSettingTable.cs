using System.Collections.Frozen;
using Profiles.Core.Rules;
using static Profiles.Core.Organizations.OrganizationSettingDefinition;

namespace Profiles.Core.Organizations;

/// <summary>The table of all settings: one line a setting.</summary>
public static class OrganizationSettingTable
{
    private const int MaxUsernameLength = 128;
    private const int MaxChangesPerDay = 1000;

    /// <summary>Every setting, at the index that is its number.</summary>
    public static IReadOnlyList<OrganizationSettingDefinition> All { get; } =
    [
        Flag(OrganizationSetting.UsernamesUnique, "usernames.unique"),
        Number(OrganizationSetting.UsernamesMinLength, "usernames.min_length", 1, MaxUsernameLength),
        Number(OrganizationSetting.UsernamesMaxLength, "usernames.max_length", 1, MaxUsernameLength),
        Text(OrganizationSetting.UsernamesPattern, "usernames.pattern", WholePattern.Check),
        Lookalikes(OrganizationSetting.UsernamesLookalikes, "usernames.lookalikes"),
        Seconds(OrganizationSetting.UsernamesHold, "usernames.hold", TimeSpan.FromDays(365)),
        Number(OrganizationSetting.UsernamesRenamesPerDay, "usernames.renames_per_day", 0, MaxChangesPerDay),
        Definitions(OrganizationSetting.AttributesDefinitions, "attributes.definitions"),
        Text(OrganizationSetting.AttributesRequiredPrefix, "attributes.required_prefix", AttributeSettings.CheckPrefix),
        Flag(OrganizationSetting.PicturesUpload, "pictures.upload"),
        Number(OrganizationSetting.PicturesChangesPerDay, "pictures.changes_per_day", 0, MaxChangesPerDay),
        Flag(OrganizationSetting.PicturesKeepOriginals, "pictures.keep_originals"),
        RateLimit(OrganizationSetting.RateLimitsRead, "rate_limits.read"),
        RateLimit(OrganizationSetting.RateLimitsWrite, "rate_limits.write"),
        RateLimit(OrganizationSetting.RateLimitsBatch, "rate_limits.batch"),
        RateLimit(OrganizationSetting.RateLimitsAdministration, "rate_limits.administration"),
    ];

    private static readonly FrozenDictionary<string, OrganizationSettingDefinition> ByName =
        All.ToFrozenDictionary(definition => definition.Name, StringComparer.Ordinal);

    /// <summary>The definition of a setting.</summary>
    public static OrganizationSettingDefinition Get(OrganizationSetting setting) => All[(int)setting];

    /// <summary>The definition of the setting called <paramref name="name"/>, or null when there is none.</summary>
    public static OrganizationSettingDefinition? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>The settings whose names begin with <paramref name="group"/> and a dot: <c>usernames</c>; none when there is no such group.</summary>
    public static IEnumerable<OrganizationSettingDefinition> OfGroup(string group) =>
        All.Where(definition => definition.Name.StartsWith(group, StringComparison.Ordinal) && definition.Name[group.Length] == '.');
}
