using Profiles.Contracts.Epixel.V1;
using Profiles.Core.Fields;
using Profiles.Core.Pictures;
using Profiles.Core.Records;
using Profiles.Core.Rules;

namespace Profiles.Server.Dialects.Epixel;

/// <summary>Records as messages of the contract.</summary>
/// <param name="pictures">The addresses of own pictures.</param>
internal sealed class EpixelMessages(PictureUrls pictures)
{
    private static readonly string[] Currencies = [.. CodeLists.Currencies.Order(StringComparer.Ordinal)];
    private static readonly string[] TimeZones = [.. CodeLists.TimeZones.Order(StringComparer.Ordinal)];

    public ProfileData ToData(ProfileRecord record) => new()
    {
        UserProfile = { ToProfile(record) },
        ProfileImage = pictures.Of(record) ?? string.Empty,
        UserLocInfo = ToLocInfo(record.Values),
    };

    /// <summary>What there is to choose from, and what the user has chosen; nothing when there is no record.</summary>
    public static LocalInfoData ToLocalInfo(ProfileRecord? record) => new()
    {
        Languages = { EpixelLanguages.All },
        Currencies = { Currencies },
        Timezones = { TimeZones },
        UserLocInfo = ToLocInfo(record?.Values ?? new ProfileValues()),
    };

    private static UserProfile ToProfile(ProfileRecord record) => new()
    {
        Username = record.Values.GetText(ProfileField.PreferredUsername) ?? record.Key.User.Value,
        FirstName = Text(record.Values, ProfileField.GivenName),
        LastName = Text(record.Values, ProfileField.FamilyName),
        Email = Text(record.Values, ProfileField.Email),
        PhoneCode = Text(record.Values, ProfileField.PhoneCountryCode),
        PhoneNumber = Text(record.Values, ProfileField.PhoneNumber),
        CountryCode = RegionOf(Text(record.Values, ProfileField.Locale)),
    };

    private static UserLocInfo ToLocInfo(ProfileValues values) => new()
    {
        Lan = Text(values, ProfileField.Locale),
        Tz = Text(values, ProfileField.Zoneinfo),
        Currency = Text(values, ProfileField.Currency),
    };

    // The record has no country. A language tag has one as its second or third part, of two letters, before any single one (RFC 5646).
    private static string RegionOf(string locale) =>
        locale.Split('-').Skip(1).TakeWhile(part => part.Length > 1).FirstOrDefault(part => part.Length == 2)?.ToUpperInvariant() ?? string.Empty;

    private static string Text(ProfileValues values, ProfileField field) => values.GetText(field) ?? string.Empty;
}
