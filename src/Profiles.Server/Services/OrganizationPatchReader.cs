using Google.Protobuf.WellKnownTypes;
using Profiles.Core.Errors;
using Profiles.Core.Identity;
using Profiles.Core.Limits;
using Profiles.Core.Organizations;

namespace Profiles.Server.Services;

/// <summary>
/// Reads what a write does to an organization from its message and mask: the fields that the mask names, or, without one, those that
/// are set.
/// </summary>
internal static class OrganizationPatchReader
{
    private const int MaxPaths = 128;
    private const string MaskField = "update_mask";
    private const string Everything = "*";
    private const string DisplayName = "display_name";
    private const string Settings = "settings";
    private const string SettingsPrefix = "settings.";

    // Set by the service alone. A caller who sends back what it has read is not refused for them.
    private static readonly HashSet<string> OutputOnly = new(StringComparer.Ordinal)
    {
        "organization_id", "revision", "etag", "create_time", "change_time",
    };

    /// <summary>The id and the content of an organization to create.</summary>
    /// <exception cref="ProfilesException">Rules are broken.</exception>
    public static (OrganizationId Id, OrganizationPatch Content) ReadCreation(V1.Organization? organization)
    {
        if (organization is null)
            throw ProfilesException.Invalid("organization", "is required");
        var builder = new OrganizationPatchBuilder("organization.");
        if (!OrganizationId.TryParse(organization.OrganizationId, out var id))
            builder.Violate("organization.organization_id", OrganizationId.Rule);
        TakeWhatIsSet(builder, organization);
        return (id, builder.Build());
    }

    /// <summary>What an update does.</summary>
    /// <exception cref="ProfilesException">Rules are broken.</exception>
    public static OrganizationPatch Read(OrganizationId id, V1.Organization? organization, FieldMask? mask)
    {
        if (organization is null)
            throw ProfilesException.Invalid("organization", "is required");
        var builder = new OrganizationPatchBuilder("organization.");
        if (organization.OrganizationId.Length > 0 && organization.OrganizationId != id.Value)
            builder.Violate("organization.organization_id", "must be that of the organization, or absent: an identifier never changes");
        if (mask is null || mask.Paths.Count == 0)
            TakeWhatIsSet(builder, organization);
        else if (mask.Paths.Count > MaxPaths)
            builder.Violate(MaskField, $"must have at most {MaxPaths} paths, yet has {mask.Paths.Count}");
        else
            TakeNamed(builder, organization, mask);
        return builder.Build();
    }

    private static void TakeWhatIsSet(OrganizationPatchBuilder builder, V1.Organization organization)
    {
        if (organization.DisplayName.Length > 0)
            builder.SetDisplayName(organization.DisplayName);
        foreach (var definition in OrganizationSettingTable.All)
        {
            if (ProtoSettings.Get(organization.Settings, definition.Setting) is not null)
                Take(builder, organization, definition);
        }
    }

    // Each setting once, however many paths lead to it.
    private static void TakeNamed(OrganizationPatchBuilder builder, V1.Organization organization, FieldMask mask)
    {
        var settings = new SortedSet<OrganizationSetting>();
        foreach (var path in mask.Paths)
        {
            var named = SettingsOf(path).ToList();
            settings.UnionWith(named.Select(definition => definition.Setting));
            if (path is DisplayName or Everything)
                builder.SetDisplayName(organization.DisplayName);
            else if (named.Count == 0 && !OutputOnly.Contains(path))
                builder.Violate(MaskField, $"must name fields of the organization, yet has '{Shorten(path)}'");
        }

        foreach (var setting in settings)
            Take(builder, organization, OrganizationSettingTable.Get(setting));
    }

    // The settings at a path and below it; a part of an allowance stands for the whole of it.
    private static IEnumerable<OrganizationSettingDefinition> SettingsOf(string path)
    {
        if (path is Settings or Everything)
            return OrganizationSettingTable.All;
        if (!path.StartsWith(SettingsPrefix, StringComparison.Ordinal))
            return [];
        var name = path[SettingsPrefix.Length..];
        if (OrganizationSettingTable.Find(name) is { } setting)
            return [setting];
        return OrganizationSettingTable.Find(name[..Math.Max(0, name.LastIndexOf('.'))]) is { Kind: SettingKind.RateLimit } limit
            && name[(limit.Name.Length + 1)..] is "requests" or "window"
                ? [limit]
                : OrganizationSettingTable.OfGroup(name);
    }

    private static void Take(OrganizationPatchBuilder builder, V1.Organization organization, OrganizationSettingDefinition definition)
    {
        var path = builder.PathOf(definition.Setting);
        var value = ProtoSettings.Get(organization.Settings, definition.Setting);
        if (value is Duration { Nanos: not 0 })
            builder.Violate(path, "must be in whole seconds");
        else if (value is Duration duration)
            builder.Set(definition.Setting, duration.Seconds);
        else if (value is V1.RateLimit limit)
            builder.Set(definition.Setting, ReadLimit(limit, path, builder));
        else
            builder.Set(definition.Setting, value);
    }

    private static RateLimit? ReadLimit(V1.RateLimit limit, string path, OrganizationPatchBuilder builder) => RateLimit.Read(
        path, limit.Requests, limit.Window is { } window ? (window.Seconds, window.Nanos) : null, builder.Violate);

    private static string Shorten(string path) => path.Length <= 64 ? path : $"{path.AsSpan(0, 64)}…";
}
