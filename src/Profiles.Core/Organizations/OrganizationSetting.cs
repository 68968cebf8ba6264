using Profiles.Core.Usernames;

namespace Profiles.Core.Organizations;

/// <summary>The settings of an organization, in the order of the contract.</summary>
public enum OrganizationSetting
{
    /// <summary>Whether a username belongs to one user only.</summary>
    UsernamesUnique,

    /// <summary>Fewest code points of a username.</summary>
    UsernamesMinLength,

    /// <summary>Most code points of a username.</summary>
    UsernamesMaxLength,

    /// <summary>What usernames must match.</summary>
    UsernamesPattern,

    /// <summary>What is done against names that look like others.</summary>
    UsernamesLookalikes,

    /// <summary>How long only the last owner may take a released name again.</summary>
    UsernamesHold,

    /// <summary>How often a user may change the name in 24 hours.</summary>
    UsernamesRenamesPerDay,

    /// <summary>The attributes that profiles may have.</summary>
    AttributesDefinitions,

    /// <summary>What the key of every attribute must begin with.</summary>
    AttributesRequiredPrefix,

    /// <summary>Whether pictures can be uploaded.</summary>
    PicturesUpload,

    /// <summary>How often a user may change the picture in 24 hours.</summary>
    PicturesChangesPerDay,

    /// <summary>Whether uploaded files are kept.</summary>
    PicturesKeepOriginals,

    /// <summary>Allowance for calls that read one record.</summary>
    RateLimitsRead,

    /// <summary>Allowance for calls that write one record.</summary>
    RateLimitsWrite,

    /// <summary>Allowance for calls about many records.</summary>
    RateLimitsBatch,

    /// <summary>Allowance for calls about organizations and credentials.</summary>
    RateLimitsAdministration,
}

/// <summary>The kinds of values that settings have.</summary>
public enum SettingKind
{
    /// <summary>A <see cref="bool"/>.</summary>
    Flag,

    /// <summary>An <see cref="int"/>.</summary>
    Number,

    /// <summary>A length of time: a <see cref="long"/>, in seconds.</summary>
    Seconds,

    /// <summary>A <see cref="string"/>.</summary>
    Text,

    /// <summary>A <see cref="LookAlikePolicy"/>.</summary>
    Lookalikes,

    /// <summary>A list of <see cref="AttributeDefinition"/>.</summary>
    AttributeDefinitions,

    /// <summary>A <see cref="Limits.RateLimit"/>.</summary>
    RateLimit,
}
