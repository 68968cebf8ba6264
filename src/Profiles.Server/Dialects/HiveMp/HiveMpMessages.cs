using Google.Protobuf.WellKnownTypes;
using Profiles.Contracts.HiveMp.V1;
using Profiles.Core.Fields;
using Profiles.Core.Pictures;
using Profiles.Core.Records;

namespace Profiles.Server.Dialects.HiveMp;

/// <summary>Records as messages of the contract.</summary>
/// <param name="pictures">The addresses of own pictures.</param>
internal sealed class HiveMpMessages(PictureUrls pictures)
{
    public UserProfile ToProfile(ProfileRecord record)
    {
        var values = record.Values;
        var (email, isVerified) = (values.GetText(ProfileField.Email), values.GetFlag(ProfileField.EmailVerified));
        return new UserProfile
        {
            Id = record.Key.User.Value,
            DisplayName = values.GetText(ProfileField.DisplayName) ?? string.Empty,
            EmailAddress = email ?? string.Empty,
            EmailAddressVerified = isVerified,
            AvatarUrl = (values.GetText(ProfileField.AvatarUrl) ?? pictures.Of(record)) is { } avatar ? Value.ForString(avatar) : Value.ForNull(),
            AllowDiscoveryByEmailAddress = values.GetFlag(ProfileField.DiscoverableByEmail),
            AllowPublicVisibility = values.GetFlag(ProfileField.PubliclyVisible),
            CanSendVerificationEmail = email is not null && !isVerified,
        };
    }
}
