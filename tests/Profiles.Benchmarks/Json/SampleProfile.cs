using Google.Protobuf.WellKnownTypes;
using Profiles.V1;

namespace Profiles.Benchmarks.Json;

/// <summary>A profile as a caller may have it: nearly every field set, some text beyond ASCII.</summary>
internal static class SampleProfile
{
    public static Profile Create() => new()
    {
        OrganizationId = "acme",
        UserId = "0197a3c5-7c1e-7d2f-8a94-3b5c6d7e8f90",
        UniqueId = "customer-20417",
        GivenName = "Ada",
        FamilyName = "Müller",
        Nickname = "ada",
        DisplayName = "Ada Müller",
        Locale = "de-CH",
        Zoneinfo = "Europe/Zurich",
        Currency = "CHF",
        Gender = Gender.Female,
        Email = "ada@example.org",
        EmailVerified = true,
        PhoneNumber = "441234567",
        PhoneCountryCode = "+41",
        Birthdate = "1990-12-10",
        Location = "Zürich, Switzerland",
        Role = 3,
        Level = 42,
        Picture = "https://example.org/pictures/0197a3c5.webp",
        PictureObject = new ObjectReference { DatasourceId = "pictures", ObjectDefinitionId = "0197a3c5" },
        AvatarUrl = "https://example.org/avatars/0197a3c5.webp",
        EvmWalletAddress = "0x52908400098527886E0F7030069857D2E4169EE7",
        DiscoverableByEmail = true,
        PubliclyVisible = true,
        Attributes = { ["tier"] = "gold", ["campaign"] = "spring", ["referrer"] = "bob", ["note"] = "prefers \"e-mail\"" },
        Revision = 17,
        Etag = "AAAAAAAAABE",
        CreateTime = new Timestamp { Seconds = 1_750_000_000, Nanos = 123_456_000 },
        ChangeTime = new Timestamp { Seconds = 1_763_000_000, Nanos = 654_321_000 },
    };
}
