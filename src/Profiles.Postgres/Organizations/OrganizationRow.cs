using Profiles.Core.Organizations;

namespace Profiles.Postgres.Organizations;

/// <summary>One row of <c>organizations</c>, as Dapper maps it.</summary>
internal sealed class OrganizationRow
{
    public string OrganizationId { get; set; } = string.Empty;

    public long Revision { get; set; }

    public Guid ChangeId { get; set; }

    public DateTime CreatedAt { get; set; }

    public DateTime ChangedAt { get; set; }

    public DateTime? DeletedAt { get; set; }

    public string DisplayName { get; set; } = string.Empty;

    public string Settings { get; set; } = string.Empty;

    /// <summary>Only where a write asks for it.</summary>
    public bool HasProfiles { get; set; }

    public Organization ToOrganization() => new(
        Core.Identity.OrganizationId.Parse(OrganizationId), DisplayName, SettingsJson.Read(Settings), Revision, CreatedAt, ChangedAt);
}
