using Google.Protobuf.Collections;
using Profiles.Core.Fields;
using Profiles.Core.Records;
using Profile = Profiles.V1.Profile;
using ProtoReference = Profiles.V1.ObjectReference;

namespace Profiles.Server.Services;

/// <summary>How each field of a profile stands in the message: one line a field.</summary>
internal static class ProtoFields
{
    // Shared, so that a flag costs no allocation.
    private static readonly object True = true;

    private static readonly ProtoField[] All =
    [
        new(ProfileField.UniqueId, p => p.UniqueId, (p, v) => p.UniqueId = (string)v),
        new(ProfileField.GivenName, p => p.GivenName, (p, v) => p.GivenName = (string)v),
        new(ProfileField.FamilyName, p => p.FamilyName, (p, v) => p.FamilyName = (string)v),
        new(ProfileField.Nickname, p => p.Nickname, (p, v) => p.Nickname = (string)v),
        new(ProfileField.DisplayName, p => p.DisplayName, (p, v) => p.DisplayName = (string)v),
        new(ProfileField.Locale, p => p.Locale, (p, v) => p.Locale = (string)v),
        new(ProfileField.Zoneinfo, p => p.Zoneinfo, (p, v) => p.Zoneinfo = (string)v),
        new(ProfileField.Currency, p => p.Currency, (p, v) => p.Currency = (string)v),
        new(ProfileField.Gender, p => ProtoGender.ToText(p.Gender), (p, v) => p.Gender = ProtoGender.FromText((string)v)),
        new(ProfileField.Email, p => p.Email, (p, v) => p.Email = (string)v),
        new(ProfileField.EmailVerified, p => Flag(p.EmailVerified), (p, v) => p.EmailVerified = (bool)v),
        new(ProfileField.PhoneNumber, p => p.PhoneNumber, (p, v) => p.PhoneNumber = (string)v),
        new(ProfileField.PhoneCountryCode, p => p.PhoneCountryCode, (p, v) => p.PhoneCountryCode = (string)v),
        new(ProfileField.PhoneNumberVerified, p => Flag(p.PhoneNumberVerified), (p, v) => p.PhoneNumberVerified = (bool)v),
        new(ProfileField.Birthdate, p => p.Birthdate, (p, v) => p.Birthdate = (string)v),
        new(ProfileField.Location, p => p.Location, (p, v) => p.Location = (string)v),
        new(ProfileField.Role, p => p.HasRole ? p.Role : null, (p, v) => p.Role = (int)v),
        new(ProfileField.Level, p => p.HasLevel ? p.Level : null, (p, v) => p.Level = (int)v),
        new(ProfileField.Picture, p => p.Picture, (p, v) => p.Picture = (string)v),
        new(ProfileField.PictureObject, p => p.PictureObject, (p, v) => p.PictureObject = ToProto(v)),
        new(ProfileField.AvatarUrl, p => p.AvatarUrl, (p, v) => p.AvatarUrl = (string)v),
        new(ProfileField.AvatarObject, p => p.AvatarObject, (p, v) => p.AvatarObject = ToProto(v)),
        new(ProfileField.EvmWalletAddress, p => p.EvmWalletAddress, (p, v) => p.EvmWalletAddress = (string)v),
        new(ProfileField.DiscoverableByEmail, p => Flag(p.DiscoverableByEmail), (p, v) => p.DiscoverableByEmail = (bool)v),
        new(ProfileField.PubliclyVisible, p => Flag(p.PubliclyVisible), (p, v) => p.PubliclyVisible = (bool)v),
        new(ProfileField.Attributes, p => NullIfEmpty(p.Attributes), (p, v) => Copy(v, p.Attributes)),
        new(ProfileField.PreferredUsername, p => p.HasPreferredUsername ? p.PreferredUsername : null, (p, v) => p.PreferredUsername = (string)v),
    ];

    /// <summary>The value of a field in a message; null when it is not set. A username can be set and empty, for which it is refused.</summary>
    public static object? Get(Profile message, ProfileField field) =>
        All[(int)field].Get(message) is { } value && (value is not "" || field == ProfileField.PreferredUsername) ? value : null;

    /// <summary>Puts every value into a message.</summary>
    public static void CopyTo(ProfileValues values, Profile message)
    {
        foreach (var field in All)
        {
            if (values[field.Field] is { } value)
                field.Set(message, value);
        }
    }

    private static object? Flag(bool value) => value ? True : null;

    private static ProtoReference ToProto(object value)
    {
        var reference = (ObjectReference)value;
        return new ProtoReference
        {
            DatasourceId = reference.DatasourceId,
            ObjectDefinitionId = reference.ObjectDefinitionId,
        };
    }

    private static MapField<string, string>? NullIfEmpty(MapField<string, string> map) => map.Count == 0 ? null : map;

    private static void Copy(object value, MapField<string, string> map)
    {
        foreach (var (key, text) in (IReadOnlyDictionary<string, string>)value)
            map.Add(key, text);
    }

    private sealed record ProtoField(ProfileField Field, Func<Profile, object?> Get, Action<Profile, object> Set);
}
