using Profiles.Core.Fields;

namespace Profiles.Postgres.Tests.Database;

/// <summary>Two different values for every field but the attributes.</summary>
internal static class SampleValues
{
    public static object First(ProfileField field) => Pair(field).First;

    public static object Second(ProfileField field) => Pair(field).Second;

    private static (object First, object Second) Pair(ProfileField field) => field switch
    {
        ProfileField.Locale => ("en-GB", "de"),
        ProfileField.Zoneinfo => ("Europe/Berlin", "Asia/Tokyo"),
        ProfileField.Currency => ("EUR", "JPY"),
        ProfileField.Gender => (GenderValues.Female, GenderValues.Diverse),
        ProfileField.Email => ("alice@example.com", "bob@example.com"),
        ProfileField.PhoneNumber => ("+491234567", "5550100"),
        ProfileField.PhoneCountryCode => ("+49", "81"),
        ProfileField.Birthdate => ("1990-02-28", "0000-02-29"),
        ProfileField.Picture or ProfileField.AvatarUrl => ("https://example.com/a.png", "http://example.com/ü?b=1"),
        ProfileField.PreferredUsername => ("Zoë", "zoe_2"),
        ProfileField.EvmWalletAddress => ("0x52908400098527886E0F7030069857D2E4169EE7", "0x" + new string('0', 40)),
        _ => ProfileFields.Get(field).Kind switch
        {
            ProfileFieldKind.Text => ("Zoë \"☃\" \\ <&> 😀", " 'null' {} "),
            ProfileFieldKind.Number => (0, 100),
            ProfileFieldKind.Flag => (true, false),
            ProfileFieldKind.ObjectReference => (new ObjectReference("source", "object"), new ObjectReference("ü\"", "☃")),
            _ => throw new ArgumentOutOfRangeException(nameof(field), field, "Has no single value."),
        },
    };
}
