namespace Profiles.Core.Rules;

/// <summary>Rules for phone numbers: digits with an optional leading plus sign, without blanks or other marks.</summary>
public static class PhoneRules
{
    /// <summary>A phone number, at most 32 characters.</summary>
    public static string? Number(string value) =>
        IsDigits(value, maxLength: 32) ? null : "must be digits with an optional leading +, at most 32 characters";

    /// <summary>A country calling code, 1–4 digits.</summary>
    public static string? CountryCode(string value) =>
        IsDigits(value, maxLength: value.StartsWith('+') ? 5 : 4) ? null : "must be 1–4 digits with an optional leading +";

    private static bool IsDigits(string value, int maxLength)
    {
        var digits = value.AsSpan(value.StartsWith('+') ? 1 : 0);
        return digits.Length > 0 && value.Length <= maxLength && !digits.ContainsAnyExceptInRange('0', '9');
    }
}
