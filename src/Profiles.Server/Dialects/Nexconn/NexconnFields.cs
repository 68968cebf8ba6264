using System.Globalization;
using Google.Protobuf.Collections;
using Profiles.Contracts.Nexconn.V4;
using Profiles.Core.Fields;
using Profiles.Core.Identity;
using Profiles.Core.Pictures;
using Profiles.Core.Records;
using Profiles.Core.Rules;

namespace Profiles.Server.Dialects.Nexconn;

/// <summary>The keys of the dialect's profiles and the fields of the record that they stand for: one line a key.</summary>
/// <param name="pictures">Knows the addresses of own pictures.</param>
internal sealed class NexconnFields(PictureUrls pictures)
{
    private const int MaxPairs = 20;
    private const int MaxKeyLength = 32;
    private const int MaxValueLength = 256;
    private const string Basic = "user_profile";
    private const string Extended = "user_ext_profile";
    private const string GenderPath = $"{Basic}.gender";

    private static readonly TextKey[] Texts =
    [
        new($"{Basic}.unique_id", ProfileField.UniqueId, 32, p => p.HasUniqueId ? p.UniqueId : null, (p, v) => p.UniqueId = v),
        new($"{Basic}.name", ProfileField.Nickname, 64, p => p.HasName ? p.Name : null, (p, v) => p.Name = v),
        new($"{Basic}.portrait_uri", ProfileField.Picture, 1024, p => p.HasPortraitUri ? p.PortraitUri : null, (p, v) => p.PortraitUri = v),
        new($"{Basic}.email", ProfileField.Email, 128, p => p.HasEmail ? p.Email : null, (p, v) => p.Email = v),
        new($"{Basic}.birthday", ProfileField.Birthdate, 32, p => p.HasBirthday ? p.Birthday : null, (p, v) => p.Birthday = v),
        new($"{Basic}.location", ProfileField.Location, 32, p => p.HasLocation ? p.Location : null, (p, v) => p.Location = v),
    ];

    private static readonly NumberKey[] Numbers =
    [
        new($"{Basic}.role", ProfileField.Role, p => p.HasRole ? p.Role : null, (p, v) => p.Role = v),
        new($"{Basic}.level", ProfileField.Level, p => p.HasLevel ? p.Level : null, (p, v) => p.Level = v),
    ];

    /// <summary>Puts what a request changes into a patch.</summary>
    /// <param name="patch">The patch.</param>
    /// <param name="organization">Whose record it changes.</param>
    /// <param name="basic">The basic profile.</param>
    /// <param name="extended">The extended profile.</param>
    public void Fill(DialectPatch patch, OrganizationId organization, UserProfile? basic, MapField<string, string> extended)
    {
        var keys = basic is null ? 0 : Take(patch, organization, basic);
        if (keys + extended.Count == 0)
            patch.Violate(Basic, "must have a key, or userExtProfile must");
        if (extended.Count > MaxPairs)
            patch.Violate(Extended, string.Create(CultureInfo.InvariantCulture, $"must have at most {MaxPairs} pairs, yet has {extended.Count}"));
        foreach (var (key, value) in extended)
            Take(patch, key, value);
    }

    /// <summary>The basic profile that a record has.</summary>
    public UserProfile ToBasic(ProfileRecord record)
    {
        var (values, profile) = (record.Values, new UserProfile());
        foreach (var key in Texts)
        {
            if ((key.Field == ProfileField.Picture ? pictures.Of(record) : values.GetText(key.Field)) is { } text)
                key.Set(profile, text);
        }

        foreach (var key in Numbers)
        {
            if (values.GetNumber(key.Field) is { } number)
                key.Set(profile, number);
        }

        if (values.GetText(ProfileField.Gender) is { } gender)
            profile.Gender = NexconnGender.FromText(gender);
        return profile;
    }

    private int Take(DialectPatch patch, OrganizationId organization, UserProfile profile)
    {
        var taken = 0;
        foreach (var key in Texts)
        {
            if (key.Get(profile) is not { } text)
                continue;
            taken++;
            if (TextRules.Plain(text, key.MaxLength) is { } broken)
                patch.Violate(key.Path, broken);
            // Who sends back the address of an own picture means the picture, and not an image elsewhere.
            else if (key.Field == ProfileField.Picture && pictures.TryParse(text, out var picture) && picture.Organization == organization)
                patch.SetPicture(key.Path, picture.Id);
            else
                patch.Set(key.Path, key.Field, key.Field == ProfileField.Birthdate ? Birthday.ToBirthdate(text) : text);
        }

        foreach (var key in Numbers)
        {
            if (key.Get(profile) is not { } number)
                continue;
            taken++;
            patch.Set(key.Path, key.Field, number);
        }

        return profile.HasGender ? TakeGender(patch, profile.Gender) + taken : taken;
    }

    private static int TakeGender(DialectPatch patch, int gender)
    {
        if (NexconnGender.IsKnown(gender))
            patch.Set(GenderPath, ProfileField.Gender, NexconnGender.ToText(gender));
        else
            patch.Violate(GenderPath, "must be 0 for unknown, 1 for male or 2 for female");
        return 1;
    }

    private static void Take(DialectPatch patch, string key, string value)
    {
        var path = $"{Extended}[\"{Shorten(key)}\"]";
        if (AttributeRules.Key(key) is not null || key.Length > MaxKeyLength)
            patch.Violate(path, $"must have a key of 1–{MaxKeyLength} characters of A–Z a–z 0–9 _");
        else if (TextRules.Plain(value, MaxValueLength) is { } broken)
            patch.Violate(path, broken);
        else
            patch.SetAttribute(path, key, value);
    }

    private static string Shorten(string key) => key.Length <= 64 ? key : $"{key.AsSpan(0, 64)}…";

    private sealed record TextKey(
        string Path, ProfileField Field, int MaxLength, Func<UserProfile, string?> Get, Action<UserProfile, string> Set);

    private sealed record NumberKey(string Path, ProfileField Field, Func<UserProfile, int?> Get, Action<UserProfile, int> Set);
}
