namespace Profiles.Core.Access;

/// <summary>The permissions that a credential can carry.</summary>
public static class Permissions
{
    /// <summary>Read every profile of the organization, and its history.</summary>
    public const string ProfilesRead = "profiles.read";

    /// <summary>Set and delete every profile of the organization.</summary>
    public const string ProfilesWrite = "profiles.write";
}
