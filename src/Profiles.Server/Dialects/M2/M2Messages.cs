using Google.Protobuf.WellKnownTypes;
using Profiles.Contracts.M2.V1;
using Profiles.Core.Fields;
using Profiles.Core.Pictures;
using Profiles.Core.Records;

namespace Profiles.Server.Dialects.M2;

/// <summary>The dialect's profiles and the fields of the record that they stand for.</summary>
/// <param name="pictures">Knows the addresses of own pictures.</param>
internal sealed class M2Messages(PictureUrls pictures)
{
    /// <summary>What the dialect calls an image.</summary>
    public const string ImageName = "profilePicture";

    private const string PictureName = "profilePictureObjectDefinitionId";
    private const string Image = "profile_picture";
    private const string Username = "username";
    private const string Picture = "profile_picture_object_definition_id";
    private const string Avatar = "avatar_object_definition_id";

    /// <summary>Puts what a request changes into a patch: the fields that the mask names, or, without one, those that are set.</summary>
    public static void Fill(DialectPatch patch, ProfileUpdate update, FieldMask? mask)
    {
        var named = mask is null ? [] : mask.Paths.Select(TopOf).ToHashSet(StringComparer.Ordinal);
        if (named.Remove(Username) || (mask is null && update.HasUsername))
            patch.Set(Username, ProfileField.PreferredUsername, update.HasUsername ? update.Username : null);
        // Null stands for no image.
        named.Remove(Image);
        if (named.Remove(Picture) || (mask is null && update.ProfilePictureObjectDefinitionId is not null))
            Set(patch, PictureName, ProfileField.PictureObject, ProfileField.Picture, update.ProfilePictureObjectDefinitionId);
        if (named.Remove(Avatar) || (mask is null && update.AvatarObjectDefinitionId is not null))
            Set(patch, "avatarObjectDefinitionId", ProfileField.AvatarObject, ProfileField.AvatarUrl, update.AvatarObjectDefinitionId);
        if (named.Count > 0)
            patch.Violate("update_mask", "must name fields of the profile");
    }

    /// <summary>Whether a request brings an image.</summary>
    public static bool HasImage(ProfileUpdate update, FieldMask? mask) =>
        update.HasProfilePicture && (mask is null || mask.Paths.Contains(Image));

    /// <summary>Puts an own picture into a patch, in the place of an object.</summary>
    public static void SetImage(DialectPatch patch, ProfileUpdate update, PictureId picture)
    {
        if (update.ProfilePictureObjectDefinitionId is not null)
            patch.Violate(PictureName, "must not be there beside an image");
        patch.Set(PictureName, ProfileField.PictureObject, value: null);
        patch.SetPicture(ImageName, picture);
    }

    /// <summary>The profile as a read shows it.</summary>
    public GetProfileResponse ToRead(ProfileRecord record)
    {
        var values = record.Values;
        var response = new GetProfileResponse { Avatar = ToAvatar(values) };
        if (values.GetText(ProfileField.PreferredUsername) is { } username)
            response.Username = username;
        if (pictures.Of(record) is { } picture)
            response.ProfilePictureUrl = picture;
        if (values.GetText(ProfileField.EvmWalletAddress) is { } address)
            response.EvmLinkedWalletAddress = address;
        return response;
    }

    /// <summary>The profile as a write shows it.</summary>
    public UpsertProfileResponse ToWritten(ProfileRecord record)
    {
        var values = record.Values;
        var response = new UpsertProfileResponse { AvatarObjectDefinitionId = ToMessage(values.GetReference(ProfileField.AvatarObject)) };
        if (values.GetText(ProfileField.PreferredUsername) is { } username)
            response.Username = username;
        if (pictures.Of(record) is { } picture)
            response.ProfilePictureUrl = picture;
        return response;
    }

    private static Avatar? ToAvatar(ProfileValues values)
    {
        var (url, reference) = (values.GetText(ProfileField.AvatarUrl), values.GetReference(ProfileField.AvatarObject));
        if (url is null && reference is null)
            return null;
        var avatar = new Avatar();
        if (url is not null)
            avatar.Url = url;
        if (reference is not null)
        {
            avatar.DatasourceId = reference.DatasourceId;
            avatar.ObjectDefinitionId = reference.ObjectDefinitionId;
        }

        return avatar;
    }

    // Without its object the picture is gone, wherever it came from.
    private static void Set(DialectPatch patch, string name, ProfileField field, ProfileField address, ObjectDefinitionId? id)
    {
        patch.Set(name, field, id is null ? null : new ObjectReference(id.DatasourceId, id.ObjectDefinitionId_));
        if (id is null)
            patch.Set(name, address, value: null);
    }

    private static ObjectDefinitionId? ToMessage(ObjectReference? reference) =>
        reference is null
            ? null
            : new ObjectDefinitionId { DatasourceId = reference.DatasourceId, ObjectDefinitionId_ = reference.ObjectDefinitionId };

    // An object is set as a whole, whichever of its parts a mask names.
    private static string TopOf(string path) =>
        path.IndexOf('.', StringComparison.Ordinal) is >= 0 and var dot ? path[..dot] : path;
}
