using Profiles.Contracts.Epixel.V1;
using Profiles.Core.Errors;
using Profiles.Core.Fields;
using Profiles.Core.Organizations;
using Profiles.Core.Rules;

namespace Profiles.Server.Dialects.Epixel;

/// <summary>Reads an update: the fields that are there, by the documented rules and in the documented words.</summary>
internal static class EpixelPatch
{
    public const string TokenField = "token_field";
    public const string ChecksumField = "token_checksum_field";
    public const string Required = "This field is required.";
    public const string NotMatching = "Token is not matching.";

    private const int MaxNameLength = 255;
    private const int MaxDigits = 15;
    private const string TooLong = "Ensure this field has no more than 255 characters.";
    private const string BadEmail = "Enter a valid email address.";
    private const string BadNumber = "Phone number must be entered in the format: '999999999'. Up to 15 digits allowed.";

    /// <summary>The patch. It always names the e-mail address.</summary>
    public static DialectPatch Read(UpdateProfileRequest request, OrganizationSettings settings)
    {
        var patch = new DialectPatch(settings, byServer: false);
        ReadEmail(patch, request.Email);
        if (request.HasFirstName)
            ReadName(patch, "first_name", ProfileField.GivenName, request.FirstName);
        if (request.HasLastName)
            ReadName(patch, "last_name", ProfileField.FamilyName, request.LastName);
        if (request.HasPhoneNumber)
            ReadNumber(patch, request.PhoneNumber);
        if (request.HasLanguages)
            patch.Set("languages", ProfileField.Locale, request.Languages);
        if (request.HasCurrencies)
            patch.Set("currencies", ProfileField.Currency, request.Currencies);
        if (request.HasTimezones)
            patch.Set("timezones", ProfileField.Zoneinfo, request.Timezones);
        return patch;
    }

    /// <summary>The sentence of an e-mail address that is none; null for a good one.</summary>
    public static string? CheckEmail(string email)
    {
        if (email.Length == 0)
            return Required;
        return EmailRule.Check(email) is null ? null : BadEmail;
    }

    /// <summary>What a change of the e-mail address lacks.</summary>
    public static ProfilesException TokenRefused(UpdateProfileRequest request)
    {
        var violations = new List<FieldViolation>();
        if (request.TokenField.Length == 0)
            violations.Add(new FieldViolation(TokenField, Required));
        if (request.TokenChecksumField.Length == 0)
            violations.Add(new FieldViolation(ChecksumField, Required));
        return ProfilesException.Invalid(violations.Count > 0 ? violations : [new FieldViolation(TokenField, NotMatching)]);
    }

    private static void ReadEmail(DialectPatch patch, string email)
    {
        if (CheckEmail(email) is { } broken)
            patch.Violate("email", broken);
        else
            patch.Set("email", ProfileField.Email, email);
    }

    private static void ReadName(DialectPatch patch, string name, ProfileField field, string value)
    {
        if (value.EnumerateRunes().Count() > MaxNameLength)
            patch.Violate(name, TooLong);
        else
            patch.Set(name, field, value);
    }

    private static void ReadNumber(DialectPatch patch, string value)
    {
        var digits = value.AsSpan(value.StartsWith('+') ? 1 : 0);
        if (value.Length > 0 && (digits.Length is 0 or > MaxDigits || digits.ContainsAnyExceptInRange('0', '9')))
            patch.Violate("phone_number", BadNumber);
        else
            patch.Set("phone_number", ProfileField.PhoneNumber, value);
    }
}
