using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Profiles.Contracts.Zitadel.User.V1;
using Profiles.Contracts.Zitadel.V1;
using Profiles.Core.Fields;
using Profiles.Core.Pictures;
using Profiles.Core.Records;

namespace Profiles.Server.Dialects.Zitadel;

/// <summary>Records as messages of the contract.</summary>
/// <param name="pictures">The addresses of own pictures.</param>
internal sealed class ZitadelMessages(PictureUrls pictures)
{
    public User ToUser(ProfileRecord record)
    {
        var name = record.Values.GetText(ProfileField.PreferredUsername) ?? record.Key.User.Value;
        return new User
        {
            Id = record.Key.User.Value,
            Details = ToDetails(record),
            State = UserState.Active,
            UserName = name,
            LoginNames = { name },
            PreferredLoginName = name,
            Human = new Human { Profile = ToProfile(record), Email = ToEmail(record.Values), Phone = ToPhone(record.Values) },
        };
    }

    public Profile ToProfile(ProfileRecord record) => new()
    {
        FirstName = record.Values.GetText(ProfileField.GivenName) ?? string.Empty,
        LastName = record.Values.GetText(ProfileField.FamilyName) ?? string.Empty,
        NickName = record.Values.GetText(ProfileField.Nickname) ?? string.Empty,
        DisplayName = record.Values.GetText(ProfileField.DisplayName) ?? string.Empty,
        PreferredLanguage = record.Values.GetText(ProfileField.Locale) ?? string.Empty,
        Gender = FromText(record.Values.GetText(ProfileField.Gender)),
        AvatarUrl = record.Values.GetText(ProfileField.AvatarUrl) ?? pictures.Of(record) ?? string.Empty,
    };

    public static ObjectDetails ToDetails(ProfileRecord record)
    {
        var details = ToChangeDetails(record);
        details.CreationDate = Timestamp.FromDateTime(record.CreateTime);
        return details;
    }

    /// <summary>Of a change that was just made.</summary>
    public static ObjectDetails ToChangeDetails(ProfileRecord record) => new()
    {
        Sequence = (ulong)record.Revision,
        ChangeDate = Timestamp.FromDateTime(record.ChangeTime),
        ResourceOwner = record.Key.Organization.Value,
    };

    /// <summary>The record's value; a number that the contract does not know becomes text that no rule accepts.</summary>
    public static string? ToText(Gender gender) => gender switch
    {
        Gender.Unspecified => null,
        Gender.Female => GenderValues.Female,
        Gender.Male => GenderValues.Male,
        Gender.Diverse => GenderValues.Diverse,
        _ => ((int)gender).ToString(CultureInfo.InvariantCulture),
    };

    private static Gender FromText(string? gender) => gender switch
    {
        null => Gender.Unspecified,
        GenderValues.Female => Gender.Female,
        GenderValues.Male => Gender.Male,
        _ => Gender.Diverse,
    };

    private static Email? ToEmail(ProfileValues values) =>
        values.GetText(ProfileField.Email) is { } address
            ? new Email { Email_ = address, IsEmailVerified = values.GetFlag(ProfileField.EmailVerified) }
            : null;

    private static Phone? ToPhone(ProfileValues values) =>
        values.GetText(ProfileField.PhoneNumber) is { } number
            ? new Phone { Phone_ = Complete(number, values), IsPhoneVerified = values.GetFlag(ProfileField.PhoneNumberVerified) }
            : null;

    // In international form, where the record has the country's code apart.
    private static string Complete(string number, ProfileValues values) =>
        number.StartsWith('+') || values.GetText(ProfileField.PhoneCountryCode) is not { } code
            ? number
            : $"+{code.TrimStart('+')}{number}";
}
