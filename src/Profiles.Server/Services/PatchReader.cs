using Google.Protobuf.WellKnownTypes;
using Profiles.Core.Errors;
using Profiles.Core.Fields;
using Profiles.Core.Identity;
using Profiles.Core.Organizations;
using Profiles.Core.Patches;
using Profiles.Core.Pictures;
using Profile = Profiles.V1.Profile;

namespace Profiles.Server.Services;

/// <summary>
/// Reads what a write does from its message and mask: the fields that the mask names, or, without one, those that are set.
/// </summary>
internal static class PatchReader
{
    private const int MaxPaths = 128;
    private const string Everything = "*";
    private const string MaskField = "update_mask";

    // Set by the service alone. A caller who sends back what it has read is not refused for them.
    private static readonly HashSet<string> OutputOnly = new(StringComparer.Ordinal)
    {
        "organization_id", "user_id", "revision", "etag", "create_time", "change_time",
    };

    /// <summary>The patch.</summary>
    /// <exception cref="ProfilesException">A rule is broken, or a field is for servers only.</exception>
    public static ProfilePatch Read(
        ProfileKey key, Profile? profile, FieldMask? mask, bool byServer, OrganizationSettings settings, PictureUrls pictures)
    {
        if (profile is null)
            throw ProfilesException.Invalid("profile", "is required");

        var builder = new ProfilePatchBuilder("profile.", byServer, settings.Attributes, settings.Usernames);
        CheckIdentity(builder, key, profile);
        if (mask is null || mask.Paths.Count == 0)
            TakeWhatIsSet(builder, profile);
        else if (mask.Paths is [Everything])
            TakeEverything(builder, profile, byServer);
        else
            TakeNamed(builder, profile, mask);
        KeepOwnPicture(builder, key, profile, pictures);
        return builder.Build();
    }

    // Who sends back the address of an own picture means the picture, and not an image elsewhere.
    private static void KeepOwnPicture(ProfilePatchBuilder builder, ProfileKey key, Profile profile, PictureUrls pictures)
    {
        if (builder.Names(ProfileField.Picture) && pictures.TryParse(profile.Picture, out var picture) && picture.Organization == key.Organization)
            builder.SetPicture(picture.Id);
    }

    private static void CheckIdentity(ProfilePatchBuilder builder, ProfileKey key, Profile profile)
    {
        if (profile.UserId.Length > 0 && profile.UserId != key.User.Value)
            builder.Violate("profile.user_id", "must be that of the profile, or absent: an identifier never changes");
        if (profile.OrganizationId.Length > 0 && profile.OrganizationId != key.Organization.Value)
            builder.Violate("profile.organization_id", "must be that of the caller, or absent: an identifier never changes");
    }

    private static void TakeWhatIsSet(ProfilePatchBuilder builder, Profile profile)
    {
        foreach (var definition in ProfileFields.All)
        {
            if (ProtoFields.Get(profile, definition.Field) is not null)
                Take(builder, profile, definition, replacesAttributes: false);
        }
    }

    private static void TakeEverything(ProfilePatchBuilder builder, Profile profile, bool byServer)
    {
        foreach (var definition in ProfileFields.All)
        {
            // What a user may not set stays as it is; trying to set it is still refused.
            if (byServer || !definition.ServersOnly || ProtoFields.Get(profile, definition.Field) is not null)
                Take(builder, profile, definition, replacesAttributes: true);
        }
    }

    private static void TakeNamed(ProfilePatchBuilder builder, Profile profile, FieldMask mask)
    {
        if (mask.Paths.Count > MaxPaths)
        {
            builder.Violate(MaskField, $"must have at most {MaxPaths} paths, yet has {mask.Paths.Count}");
            return;
        }

        foreach (var path in mask.Paths)
        {
            var (name, rest) = Split(path);
            if (ProfileFields.Find(name) is { } definition)
                TakePath(builder, profile, definition, path, rest);
            else if (path == Everything)
                builder.Violate(MaskField, "must have * as its only path, or not at all");
            else if (!OutputOnly.Contains(path))
                builder.Violate(MaskField, $"must name fields of the profile, yet has '{Shorten(path)}'");
        }
    }

    private static void TakePath(
        ProfilePatchBuilder builder, Profile profile, ProfileFieldDefinition definition, string path, string? rest)
    {
        if (rest is null)
            Take(builder, profile, definition, replacesAttributes: true);
        else if (definition.Kind == ProfileFieldKind.Attributes)
            builder.SetAttribute(rest, profile.Attributes.TryGetValue(rest, out var value) ? value : null);
        else if (definition.Kind == ProfileFieldKind.ObjectReference && rest is "datasource_id" or "object_definition_id")
            Take(builder, profile, definition, replacesAttributes: false);
        else
            builder.Violate(MaskField, $"must name fields of the profile, yet has '{Shorten(path)}'");
    }

    private static void Take(
        ProfilePatchBuilder builder, Profile profile, ProfileFieldDefinition definition, bool replacesAttributes)
    {
        if (definition.Kind == ProfileFieldKind.Attributes)
        {
            if (replacesAttributes)
                builder.ReplaceAttributes();
            foreach (var (key, value) in profile.Attributes)
                builder.SetAttribute(key, value);
            return;
        }

        if (ProtoFields.Get(profile, definition.Field) is V1.ObjectReference reference)
            builder.Set(definition.Field, reference.DatasourceId, reference.ObjectDefinitionId);
        else
            builder.Set(definition.Field, ProtoFields.Get(profile, definition.Field));
    }

    // A key that is no identifier stands in backticks: attributes.`a.b` (AIP-161).
    private static (string Name, string? Remainder) Split(string path)
    {
        var dot = path.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0)
            return (path, null);
        var rest = path[(dot + 1)..];
        return (path[..dot], rest is ['`', .. var quoted, '`'] ? quoted : rest);
    }

    private static string Shorten(string path) => path.Length <= 64 ? path : $"{path.AsSpan(0, 64)}…";
}
