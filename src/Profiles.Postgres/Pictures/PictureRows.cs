using Profiles.Core.Identity;
using Profiles.Core.Pictures;

namespace Profiles.Postgres.Pictures;

/// <summary>A row about a picture or its files, as Dapper maps it: each statement fills a part.</summary>
internal sealed class PictureRow
{
    public string OrganizationId { get; set; } = string.Empty;

    public string PictureId { get; set; } = string.Empty;

    public Guid FilesId { get; set; }

    public short Place { get; set; }

    public bool HasOriginal { get; set; }

    public byte[]? Content { get; set; }

    /// <summary>The content; null for none. Without the type, null becomes an empty content.</summary>
    public ReadOnlyMemory<byte>? Bytes => Content is null ? (ReadOnlyMemory<byte>?)null : Content;

    public PictureKey Key => new(
        Core.Identity.OrganizationId.Parse(OrganizationId),
        Core.Pictures.PictureId.TryParse(PictureId, out var id) ? id : throw new FormatException("A stored picture id is none."));

    public PictureFileSet Files => new(Core.Identity.OrganizationId.Parse(OrganizationId), FilesId);
}

/// <summary>What is known before an image is looked at, as Dapper maps it.</summary>
internal sealed class AdmissionRow
{
    public bool IsThere { get; set; }

    public bool IsUsedUp { get; set; }

    public int ChangesPerDay { get; set; }

    public DateTime? NextAllowed { get; set; }

    public PictureAdmission ToAdmission(ProfileKey profile, DateTime time) =>
        new(IsThere, IsUsedUp ? new PictureLimit(profile, ChangesPerDay, time, NextAllowed) : null);
}
