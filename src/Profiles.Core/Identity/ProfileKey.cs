namespace Profiles.Core.Identity;

/// <summary>Names one profile: a user in an organization.</summary>
/// <param name="Organization">The organization that the record belongs to.</param>
/// <param name="User">The user in it.</param>
public readonly record struct ProfileKey(OrganizationId Organization, UserId User);
