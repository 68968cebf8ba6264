using System.Collections.Frozen;
using Profiles.Core.Rules;
using Profiles.Core.Usernames;
using static Profiles.Core.Fields.ProfileFieldDefinition;

namespace Profiles.Core.Fields;

/// <summary>The table of all fields that a write can set: one line a field.</summary>
public static class ProfileFields
{
    /// <summary>Every field, at the index that is its number.</summary>
    public static IReadOnlyList<ProfileFieldDefinition> All { get; } =
    [
        Text(ProfileField.UniqueId, "unique_id", value => TextRules.Plain(value, 64)),
        Text(ProfileField.GivenName, "given_name", value => TextRules.Plain(value, 255)),
        Text(ProfileField.FamilyName, "family_name", value => TextRules.Plain(value, 255)),
        Text(ProfileField.Nickname, "nickname", value => TextRules.Plain(value, 200)),
        Text(ProfileField.DisplayName, "display_name", value => TextRules.Plain(value, 200)),
        Text(ProfileField.Locale, "locale", LanguageTagRule.Check),
        Text(ProfileField.Zoneinfo, "zoneinfo", CodeLists.TimeZone),
        Text(ProfileField.Currency, "currency", CodeLists.Currency),
        Text(ProfileField.Gender, "gender", TextRules.Gender),
        Text(ProfileField.Email, "email", EmailRule.Check),
        Verification(ProfileField.EmailVerified, "email_verified", ProfileField.Email),
        Text(ProfileField.PhoneNumber, "phone_number", PhoneRules.Number),
        Text(ProfileField.PhoneCountryCode, "phone_country_code", PhoneRules.CountryCode),
        Verification(ProfileField.PhoneNumberVerified, "phone_number_verified", ProfileField.PhoneNumber),
        Text(ProfileField.Birthdate, "birthdate", BirthdateRule.Check),
        Text(ProfileField.Location, "location", value => TextRules.Plain(value, 200)),
        Number(ProfileField.Role, "role", 0, 100, serversOnly: true),
        Number(ProfileField.Level, "level", 0, 100, serversOnly: true),
        Text(ProfileField.Picture, "picture", UrlRule.Check),
        Reference(ProfileField.PictureObject, "picture_object"),
        Text(ProfileField.AvatarUrl, "avatar_url", UrlRule.Check),
        Reference(ProfileField.AvatarObject, "avatar_object"),
        Text(ProfileField.EvmWalletAddress, "evm_wallet_address", EvmAddressRule.Check, serversOnly: true),
        Flag(ProfileField.DiscoverableByEmail, "discoverable_by_email"),
        Flag(ProfileField.PubliclyVisible, "publicly_visible"),
        Map(ProfileField.Attributes, "attributes"),
        // The organization has rules for it: UsernameClaim.
        Text(ProfileField.PreferredUsername, "preferred_username", value => TextRules.Plain(value, UsernameSettings.LengthLimit)),
    ];

    private static readonly FrozenDictionary<string, ProfileFieldDefinition> ByName =
        All.ToFrozenDictionary(definition => definition.Name, StringComparer.Ordinal);

    /// <summary>The definition of <paramref name="field"/>.</summary>
    public static ProfileFieldDefinition Get(ProfileField field) => All[(int)field];

    /// <summary>The definition of the field called <paramref name="name"/>, or null when there is none.</summary>
    public static ProfileFieldDefinition? Find(string name) => ByName.GetValueOrDefault(name);
}
