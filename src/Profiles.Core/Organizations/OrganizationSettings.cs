using Profiles.Core.Limits;
using Profiles.Core.Rules;
using Profiles.Core.Usernames;

namespace Profiles.Core.Organizations;

/// <summary>
/// How the service behaves for an organization: by <see cref="this"/> what was set, by the other properties what is in effect.
/// </summary>
public sealed class OrganizationSettings
{
    /// <summary>Nothing is set.</summary>
    public static readonly OrganizationSettings Default = new(new Dictionary<OrganizationSetting, object>());

    private readonly IReadOnlyDictionary<OrganizationSetting, object> values;

    /// <summary>Creates settings.</summary>
    /// <param name="values">What is set, each value of the kind that the setting has.</param>
    public OrganizationSettings(IReadOnlyDictionary<OrganizationSetting, object> values)
    {
        this.values = values;
        Usernames = ReadUsernames();
        Attributes = new AttributeSettings(
            (IReadOnlyList<AttributeDefinition>?)this[OrganizationSetting.AttributesDefinitions] ?? [],
            (string?)this[OrganizationSetting.AttributesRequiredPrefix] ?? string.Empty);
        Pictures = new PictureSettings(
            Get(OrganizationSetting.PicturesUpload, fallback: true),
            Get(OrganizationSetting.PicturesChangesPerDay, fallback: 10),
            Get(OrganizationSetting.PicturesKeepOriginals, fallback: false));
        RateLimits = new RateLimits(
            (RateLimit?)this[OrganizationSetting.RateLimitsRead],
            (RateLimit?)this[OrganizationSetting.RateLimitsWrite],
            (RateLimit?)this[OrganizationSetting.RateLimitsBatch],
            (RateLimit?)this[OrganizationSetting.RateLimitsAdministration]);
    }

    /// <summary>Rules for usernames.</summary>
    public UsernameSettings Usernames { get; }

    /// <summary>Rules for attributes.</summary>
    public AttributeSettings Attributes { get; }

    /// <summary>Rules for pictures.</summary>
    public PictureSettings Pictures { get; }

    /// <summary>Allowances of credentials that have none of their own.</summary>
    public RateLimits RateLimits { get; }

    /// <summary>What was set, of the kind that the setting has; null when it was not.</summary>
    public object? this[OrganizationSetting setting] => values.GetValueOrDefault(setting);

    private UsernameSettings ReadUsernames() => new()
    {
        Unique = Get(OrganizationSetting.UsernamesUnique, fallback: true),
        MinLength = Get(OrganizationSetting.UsernamesMinLength, UsernameSettings.DefaultMinLength),
        MaxLength = Get(OrganizationSetting.UsernamesMaxLength, UsernameSettings.DefaultMaxLength),
        Pattern = this[OrganizationSetting.UsernamesPattern] is string pattern ? new WholePattern(pattern) : null,
        LookAlikes = Get(OrganizationSetting.UsernamesLookalikes, LookAlikePolicy.MixedScript),
        Hold = this[OrganizationSetting.UsernamesHold] is long seconds ? TimeSpan.FromSeconds(seconds) : UsernameSettings.DefaultHold,
        RenamesPerDay = Get(OrganizationSetting.UsernamesRenamesPerDay, UsernameSettings.DefaultRenamesPerDay),
    };

    private T Get<T>(OrganizationSetting setting, T fallback)
        where T : struct => this[setting] is T value ? value : fallback;
}
