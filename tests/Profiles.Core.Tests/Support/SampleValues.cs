using Profiles.Core.Fields;

namespace Profiles.Core.Tests.Support;

/// <summary>A few good values of every field but the attributes; none of them clears.</summary>
internal static class SampleValues
{
    public static readonly ProfileField[] Fields =
        Enum.GetValues<ProfileField>().Where(field => field != ProfileField.Attributes).ToArray();

    public static IReadOnlyList<object> Of(ProfileField field) =>
        ProfileFields.Get(field).Kind switch
        {
            ProfileFieldKind.Number => [0, 1, 100],
            ProfileFieldKind.Flag => [true],
            ProfileFieldKind.ObjectReference => [new ObjectReference("a", "b"), new ObjectReference("a", "c")],
            _ => Text(field),
        };

    private static object[] Text(ProfileField field) =>
        field switch
        {
            ProfileField.Locale => ["de-CH", "fr-CH"],
            ProfileField.Zoneinfo => ["Europe/Zurich", "UTC"],
            ProfileField.Currency => ["CHF", "EUR"],
            ProfileField.Gender => [GenderValues.Female, GenderValues.Diverse],
            ProfileField.Email => ["alice@example.com", "ALICE@example.com"],
            ProfileField.PhoneNumber or ProfileField.PhoneCountryCode => ["+41", "41"],
            ProfileField.Birthdate => ["1990", "0000-02-29"],
            ProfileField.Picture or ProfileField.AvatarUrl => ["https://example.com/a", "https://example.com/b"],
            ProfileField.EvmWalletAddress => ["0xabcdefabcdefabcdefabcdefabcdefabcdef0123", "0x" + new string('0', 40)],
            _ => ["Alice", "alice"],
        };
}
