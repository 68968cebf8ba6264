using Profiles.Contracts.HiveMp.V1;
using Profiles.Core.Fields;
using Profiles.Core.Organizations;

namespace Profiles.Server.Dialects.HiveMp;

/// <summary>Reads an update: the fields that are there.</summary>
internal static class HiveMpPatch
{
    /// <summary>The patch; null when nothing is to change.</summary>
    public static DialectPatch? Read(UserProfileUpdate? update, OrganizationSettings settings, bool byServer)
    {
        if (update is null || update.CalculateSize() == 0)
            return null;

        var patch = new DialectPatch(settings, byServer);
        if (update.HasDisplayName)
            patch.Set("displayName", ProfileField.DisplayName, update.DisplayName);
        if (update.HasEmailAddress)
            patch.Set("emailAddress", ProfileField.Email, update.EmailAddress);
        if (update.HasAvatarUrl)
            patch.Set("avatarUrl", ProfileField.AvatarUrl, update.AvatarUrl);
        if (update.HasAllowDiscoveryByEmailAddress)
            patch.Set("allowDiscoveryByEmailAddress", ProfileField.DiscoverableByEmail, update.AllowDiscoveryByEmailAddress);
        if (update.HasAllowPublicVisibility)
            patch.Set("allowPublicVisibility", ProfileField.PubliclyVisible, update.AllowPublicVisibility);
        return patch;
    }
}
