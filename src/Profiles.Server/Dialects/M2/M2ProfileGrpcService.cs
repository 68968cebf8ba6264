using Grpc.Core;
using Profiles.Contracts.M2.V1;
using Profiles.Core.Access;
using Profiles.Core.Errors;
using Profiles.Core.Operations;
using Profiles.Core.Pictures;
using Profiles.Core.Storage;
using Profiles.Server.Access;
using Profiles.Server.Pictures;
using Profiles.Transcoding;

namespace Profiles.Server.Dialects.M2;

/// <summary>Serves <c>m2.v1.ProfileService</c>.</summary>
internal sealed class M2ProfileGrpcService(ProfileReader reader, DialectWriter writes, PictureWriter pictures, M2Messages messages)
    : ProfileService.ProfileServiceBase
{
    // More than a request has that brings no image.
    private const int SmallBytes = 16 * 1024;

    // A picture that nobody had may be collected while it is being set; the next try makes it anew.
    private const int MaxAttempts = 3;

    public override async Task<GetProfileResponse> GetProfile(GetProfileRequest request, ServerCallContext context)
    {
        var user = M2User.Of(context, Permissions.ProfilesRead);
        return messages.ToRead(await reader.GetAsync(user.Key, context.CancellationToken));
    }

    [FieldMaskFromKeys]
    [TakesImages(SmallBytes = SmallBytes)]
    public override async Task<UpsertProfileResponse> UpsertProfile(UpsertProfileRequest request, ServerCallContext context)
    {
        var user = M2User.Of(context, Permissions.ProfilesWrite);
        if (request.Profile is null)
            throw ProfilesException.Invalid("profile", "is required");
        var outcome = M2Messages.HasImage(request.Profile, request.UpdateMask)
            ? await WriteWithImageAsync(request, user, context)
            : await writes.WriteAsync(context, user.Key, CreatePatch(request, user, context));
        return messages.ToWritten(outcome.Record!);
    }

    private async Task<WriteOutcome> WriteWithImageAsync(UpsertProfileRequest request, M2User user, ServerCallContext context)
    {
        for (var attempt = 1; ; attempt++)
        {
            var patch = CreatePatch(request, user, context);
            M2Messages.SetImage(patch, request.Profile, await StoreAsync(request, user, context));
            try
            {
                return await writes.WriteAsync(context, user.Key, patch);
            }
            catch (ProfilesException exception) when (exception.Reason == ErrorReason.PictureNotFound && attempt < MaxAttempts)
            {
                // Once more.
            }
        }
    }

    private async Task<PictureId> StoreAsync(UpsertProfileRequest request, M2User user, ServerCallContext context)
    {
        var caller = context.GetCaller();
        try
        {
            return await pictures.StoreAsync(
                user.Key,
                new PictureUpload(request.Profile.ProfilePicture.Memory),
                context.GetOrganization().Settings.Pictures,
                user.IsOwn ? caller.AsUser : caller.AsServer,
                context.CancellationToken);
        }
        catch (ProfilesException exception) when (exception.Violations.Count > 0)
        {
            throw exception.WithFields(_ => M2Messages.ImageName);
        }
    }

    private static DialectPatch CreatePatch(UpsertProfileRequest request, M2User user, ServerCallContext context)
    {
        var patch = new DialectPatch(context.GetOrganization().Settings, byServer: !user.IsOwn);
        M2Messages.Fill(patch, request.Profile, request.UpdateMask);
        return patch;
    }
}
