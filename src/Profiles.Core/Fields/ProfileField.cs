namespace Profiles.Core.Fields;

/// <summary>
/// The fields of a profile that a write can set. The numbers are stored with the history as positions in a bit set, so a
/// number is given once and never used for anything else.
/// </summary>
public enum ProfileField
{
    /// <summary>The product's own identifier for the user.</summary>
    UniqueId = 0,

    /// <summary>OpenID Connect claim <c>given_name</c>.</summary>
    GivenName = 1,

    /// <summary>OpenID Connect claim <c>family_name</c>.</summary>
    FamilyName = 2,

    /// <summary>OpenID Connect claim <c>nickname</c>.</summary>
    Nickname = 3,

    /// <summary>The name to show to others; OpenID Connect claim <c>name</c>.</summary>
    DisplayName = 4,

    /// <summary>BCP 47 language tag; OpenID Connect claim <c>locale</c>.</summary>
    Locale = 5,

    /// <summary>IANA time zone; OpenID Connect claim <c>zoneinfo</c>.</summary>
    Zoneinfo = 6,

    /// <summary>ISO 4217 currency code.</summary>
    Currency = 7,

    /// <summary>One of the values of <see cref="GenderValues"/>; OpenID Connect claim <c>gender</c>.</summary>
    Gender = 8,

    /// <summary>OpenID Connect claim <c>email</c>.</summary>
    Email = 9,

    /// <summary>OpenID Connect claim <c>email_verified</c>; servers only.</summary>
    EmailVerified = 10,

    /// <summary>OpenID Connect claim <c>phone_number</c>.</summary>
    PhoneNumber = 11,

    /// <summary>Country calling code.</summary>
    PhoneCountryCode = 12,

    /// <summary>OpenID Connect claim <c>phone_number_verified</c>; servers only.</summary>
    PhoneNumberVerified = 13,

    /// <summary>OpenID Connect claim <c>birthdate</c>.</summary>
    Birthdate = 14,

    /// <summary>Free text on where the user is.</summary>
    Location = 15,

    /// <summary>The product's role number, 0–100; servers only.</summary>
    Role = 16,

    /// <summary>The product's level number, 0–100; servers only.</summary>
    Level = 17,

    /// <summary>URL of the profile picture; OpenID Connect claim <c>picture</c>.</summary>
    Picture = 18,

    /// <summary>The profile picture as an object of a data source.</summary>
    PictureObject = 19,

    /// <summary>URL of the avatar.</summary>
    AvatarUrl = 20,

    /// <summary>The avatar as an object of a data source.</summary>
    AvatarObject = 21,

    /// <summary>Address of the user's wallet on an EVM chain; servers only.</summary>
    EvmWalletAddress = 22,

    /// <summary>Whether others may find the user by e-mail address.</summary>
    DiscoverableByEmail = 23,

    /// <summary>Whether the profile may be shown to everybody.</summary>
    PubliclyVisible = 24,

    /// <summary>The product's own fields, by key.</summary>
    Attributes = 25,

    /// <summary>The username; OpenID Connect claim <c>preferred_username</c>.</summary>
    PreferredUsername = 26,
}
