using System.Text.Json.Serialization;

namespace Profiles.Benchmarks.Json;

/// <summary>The same data as an ordinary class, for System.Text.Json.</summary>
internal sealed class PlainProfile
{
    public string? OrganizationId { get; set; }

    public string? UserId { get; set; }

    public string? UniqueId { get; set; }

    public string? GivenName { get; set; }

    public string? FamilyName { get; set; }

    public string? Nickname { get; set; }

    public string? DisplayName { get; set; }

    public string? Locale { get; set; }

    public string? Zoneinfo { get; set; }

    public string? Currency { get; set; }

    public PlainGender Gender { get; set; }

    public string? Email { get; set; }

    public bool EmailVerified { get; set; }

    public string? PhoneNumber { get; set; }

    public string? PhoneCountryCode { get; set; }

    public bool PhoneNumberVerified { get; set; }

    public string? Birthdate { get; set; }

    public string? Location { get; set; }

    public int? Role { get; set; }

    public int? Level { get; set; }

    public string? Picture { get; set; }

    public PlainReference? PictureObject { get; set; }

    public string? AvatarUrl { get; set; }

    public PlainReference? AvatarObject { get; set; }

    public string? EvmWalletAddress { get; set; }

    public bool DiscoverableByEmail { get; set; }

    public bool PubliclyVisible { get; set; }

    public Dictionary<string, string>? Attributes { get; set; }

    [JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)]
    public long Revision { get; set; }

    public string? Etag { get; set; }

    public DateTimeOffset? CreateTime { get; set; }

    public DateTimeOffset? ChangeTime { get; set; }
}

internal sealed class PlainReference
{
    public string? DatasourceId { get; set; }

    public string? ObjectDefinitionId { get; set; }
}

internal enum PlainGender
{
    [JsonStringEnumMemberName("GENDER_UNSPECIFIED")]
    Unspecified,

    [JsonStringEnumMemberName("GENDER_FEMALE")]
    Female,

    [JsonStringEnumMemberName("GENDER_MALE")]
    Male,

    [JsonStringEnumMemberName("GENDER_DIVERSE")]
    Diverse,
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(PlainProfile))]
internal sealed partial class PlainJson : JsonSerializerContext;
