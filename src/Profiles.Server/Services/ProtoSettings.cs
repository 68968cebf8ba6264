using Google.Protobuf.WellKnownTypes;
using Profiles.Core.Organizations;
using CoreLimit = Profiles.Core.Limits.RateLimit;
using CoreLookalikes = Profiles.Core.Usernames.LookAlikePolicy;
using ProtoDefinition = Profiles.V1.AttributeDefinition;
using ProtoLimit = Profiles.V1.RateLimit;
using ProtoLookalikes = Profiles.V1.LookalikePolicy;
using Settings = Profiles.V1.OrganizationSettings;

namespace Profiles.Server.Services;

/// <summary>How each setting of an organization stands in the message: one line a setting.</summary>
internal static class ProtoSettings
{
    private static readonly ProtoSetting[] All =
    [
        new(OrganizationSetting.UsernamesUnique, s => s.Usernames is { HasUnique: true } u ? u.Unique : null, (s, v) => Usernames(s).Unique = (bool)v),
        new(OrganizationSetting.UsernamesMinLength, s => s.Usernames is { HasMinLength: true } u ? u.MinLength : null, (s, v) => Usernames(s).MinLength = (int)v),
        new(OrganizationSetting.UsernamesMaxLength, s => s.Usernames is { HasMaxLength: true } u ? u.MaxLength : null, (s, v) => Usernames(s).MaxLength = (int)v),
        new(OrganizationSetting.UsernamesPattern, s => s.Usernames?.Pattern, (s, v) => Usernames(s).Pattern = (string)v),
        new(OrganizationSetting.UsernamesLookalikes, s => Lookalikes(s.Usernames?.Lookalikes), (s, v) => Usernames(s).Lookalikes = (ProtoLookalikes)(CoreLookalikes)v),
        new(OrganizationSetting.UsernamesHold, s => s.Usernames?.Hold, (s, v) => Usernames(s).Hold = new Duration { Seconds = (long)v }),
        new(OrganizationSetting.UsernamesRenamesPerDay, s => s.Usernames is { HasRenamesPerDay: true } u ? u.RenamesPerDay : null, (s, v) => Usernames(s).RenamesPerDay = (int)v),
        new(OrganizationSetting.AttributesDefinitions, s => Definitions(s.Attributes), (s, v) => Attributes(s).Definitions.Add(((IReadOnlyList<AttributeDefinition>)v).Select(ToMessage))),
        new(OrganizationSetting.AttributesRequiredPrefix, s => s.Attributes?.RequiredPrefix, (s, v) => Attributes(s).RequiredPrefix = (string)v),
        new(OrganizationSetting.PicturesUpload, s => s.Pictures is { HasUpload: true } p ? p.Upload : null, (s, v) => Pictures(s).Upload = (bool)v),
        new(OrganizationSetting.PicturesChangesPerDay, s => s.Pictures is { HasChangesPerDay: true } p ? p.ChangesPerDay : null, (s, v) => Pictures(s).ChangesPerDay = (int)v),
        new(OrganizationSetting.PicturesKeepOriginals, s => s.Pictures is { HasKeepOriginals: true } p ? p.KeepOriginals : null, (s, v) => Pictures(s).KeepOriginals = (bool)v),
        new(OrganizationSetting.RateLimitsRead, s => s.RateLimits?.Read, (s, v) => Limits(s).Read = ToMessage((CoreLimit)v)),
        new(OrganizationSetting.RateLimitsWrite, s => s.RateLimits?.Write, (s, v) => Limits(s).Write = ToMessage((CoreLimit)v)),
        new(OrganizationSetting.RateLimitsBatch, s => s.RateLimits?.Batch, (s, v) => Limits(s).Batch = ToMessage((CoreLimit)v)),
        new(OrganizationSetting.RateLimitsAdministration, s => s.RateLimits?.Administration, (s, v) => Limits(s).Administration = ToMessage((CoreLimit)v)),
    ];

    /// <summary>
    /// What a message has for a setting; null when it is not set. A length of time is a <see cref="Duration"/>, an allowance a
    /// message: whether they are good ones is for the reader to find out.
    /// </summary>
    public static object? Get(Settings? message, OrganizationSetting setting) => message is null ? null : All[(int)setting].Get(message);

    /// <summary>The settings that are set, as a message.</summary>
    public static Settings ToMessage(OrganizationSettings settings)
    {
        var message = new Settings();
        foreach (var setting in All)
        {
            if (settings[setting.Setting] is { } value)
                setting.Set(message, value);
        }

        return message;
    }

    // The numbers are those of the contract.
    private static CoreLookalikes? Lookalikes(ProtoLookalikes? policy) =>
        policy is null or ProtoLookalikes.Unspecified ? null : (CoreLookalikes)policy;

    private static List<AttributeDefinition>? Definitions(V1.AttributeSettings? attributes) =>
        attributes is null or { Definitions.Count: 0 } ? null : attributes.Definitions.Select(ToCore).ToList();

    private static AttributeDefinition ToCore(ProtoDefinition definition) => new(
        definition.Name,
        definition.HasMaxLength ? definition.MaxLength : null,
        definition is { HasPattern: true, Pattern.Length: > 0 } ? definition.Pattern : null);

    private static ProtoDefinition ToMessage(AttributeDefinition definition)
    {
        var message = new ProtoDefinition { Name = definition.Name };
        if (definition.MaxLength is { } length)
            message.MaxLength = length;
        if (definition.Pattern is { } pattern)
            message.Pattern = pattern;
        return message;
    }

    private static ProtoLimit ToMessage(CoreLimit limit) => new() { Requests = limit.Requests, Window = Duration.FromTimeSpan(limit.Window) };

    private static V1.UsernameSettings Usernames(Settings settings) => settings.Usernames ??= new V1.UsernameSettings();

    private static V1.AttributeSettings Attributes(Settings settings) => settings.Attributes ??= new V1.AttributeSettings();

    private static V1.PictureSettings Pictures(Settings settings) => settings.Pictures ??= new V1.PictureSettings();

    private static V1.RateLimits Limits(Settings settings) => settings.RateLimits ??= new V1.RateLimits();

    private sealed record ProtoSetting(OrganizationSetting Setting, Func<Settings, object?> Get, Action<Settings, object> Set);
}
