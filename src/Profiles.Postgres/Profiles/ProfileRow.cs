using Profiles.Core.Fields;
using Profiles.Core.Identity;
using Profiles.Core.Records;

namespace Profiles.Postgres.Profiles;

/// <summary>One row of <c>profiles</c>, as Dapper maps it: a property a column.</summary>
internal class ProfileRow
{
    // Shared, so that a flag costs no allocation.
    private static readonly object True = true;

    public string OrganizationId { get; set; } = string.Empty;

    public string UserId { get; set; } = string.Empty;

    public long Revision { get; set; }

    public Guid ChangeId { get; set; }

    public DateTime CreatedAt { get; set; }

    public DateTime ChangedAt { get; set; }

    public bool Deleted { get; set; }

    public string? UniqueId { get; set; }

    public string? GivenName { get; set; }

    public string? FamilyName { get; set; }

    public string? Nickname { get; set; }

    public string? DisplayName { get; set; }

    public string? Locale { get; set; }

    public string? Zoneinfo { get; set; }

    public string? Currency { get; set; }

    public string? Gender { get; set; }

    public string? Email { get; set; }

    public bool EmailVerified { get; set; }

    public string? PhoneNumber { get; set; }

    public string? PhoneCountryCode { get; set; }

    public bool PhoneNumberVerified { get; set; }

    public string? Birthdate { get; set; }

    public string? Location { get; set; }

    public short? Role { get; set; }

    public short? Level { get; set; }

    public string? Picture { get; set; }

    public string? PictureObject { get; set; }

    public string? AvatarUrl { get; set; }

    public string? AvatarObject { get; set; }

    public string? EvmWalletAddress { get; set; }

    public bool DiscoverableByEmail { get; set; }

    public bool PubliclyVisible { get; set; }

    public string? Attributes { get; set; }

    public string? PreferredUsername { get; set; }

    public ProfileRecord ToRecord() =>
        new(
            new ProfileKey(Core.Identity.OrganizationId.Parse(OrganizationId), Core.Identity.UserId.Parse(UserId)),
            Revision,
            CreatedAt,
            ChangedAt,
            ToValues());

    private ProfileValues ToValues() => new()
    {
        [ProfileField.UniqueId] = UniqueId,
        [ProfileField.GivenName] = GivenName,
        [ProfileField.FamilyName] = FamilyName,
        [ProfileField.Nickname] = Nickname,
        [ProfileField.DisplayName] = DisplayName,
        [ProfileField.Locale] = Locale,
        [ProfileField.Zoneinfo] = Zoneinfo,
        [ProfileField.Currency] = Currency,
        [ProfileField.Gender] = Gender,
        [ProfileField.Email] = Email,
        [ProfileField.EmailVerified] = Flag(EmailVerified),
        [ProfileField.PhoneNumber] = PhoneNumber,
        [ProfileField.PhoneCountryCode] = PhoneCountryCode,
        [ProfileField.PhoneNumberVerified] = Flag(PhoneNumberVerified),
        [ProfileField.Birthdate] = Birthdate,
        [ProfileField.Location] = Location,
        [ProfileField.Role] = (int?)Role,
        [ProfileField.Level] = (int?)Level,
        [ProfileField.Picture] = Picture,
        [ProfileField.PictureObject] = StoredJson.ReadReference(PictureObject),
        [ProfileField.AvatarUrl] = AvatarUrl,
        [ProfileField.AvatarObject] = StoredJson.ReadReference(AvatarObject),
        [ProfileField.EvmWalletAddress] = EvmWalletAddress,
        [ProfileField.DiscoverableByEmail] = Flag(DiscoverableByEmail),
        [ProfileField.PubliclyVisible] = Flag(PubliclyVisible),
        [ProfileField.Attributes] = StoredJson.ReadAttributes(Attributes),
        [ProfileField.PreferredUsername] = PreferredUsername,
    };

    private static object? Flag(bool value) => value ? True : null;
}
