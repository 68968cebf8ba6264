using Profiles.Core.Identity;

namespace Profiles.Core.Organizations;

/// <summary>An organization (tenant): what every record and every credential belongs to.</summary>
/// <param name="Id">Identifies it.</param>
/// <param name="DisplayName">What people call it; may be empty.</param>
/// <param name="Settings">How the service behaves for it.</param>
/// <param name="Revision">Number of its last change, from 1.</param>
/// <param name="CreateTime">When it was created, in UTC.</param>
/// <param name="ChangeTime">When it last changed, in UTC.</param>
public sealed record Organization(
    OrganizationId Id, string DisplayName, OrganizationSettings Settings, long Revision, DateTime CreateTime, DateTime ChangeTime)
{
    /// <summary>The most code points of <see cref="DisplayName"/>.</summary>
    public const int MaxDisplayNameLength = 200;

    /// <summary>The tag of this state of it.</summary>
    public string Etag => Records.Etag.Format(Id, Revision);
}
