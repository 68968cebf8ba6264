using Grpc.Core;
using Microsoft.AspNetCore.Authorization;
using Profiles.Contracts.Zitadel.Auth.V1;
using Profiles.Core.Fields;
using Profiles.Core.Operations;
using Profiles.Core.Storage;
using Profiles.Server.Access;
using WriteOptions = Profiles.Core.Operations.WriteOptions;

namespace Profiles.Server.Dialects.Zitadel;

/// <summary>Serves <c>zitadel.auth.v1.AuthService</c>.</summary>
internal sealed class ZitadelAuthService(ProfileReader reader, DialectWriter writer, ZitadelMessages messages) : AuthService.AuthServiceBase
{
    // Whom an administrator has deleted stays deleted.
    private static readonly WriteOptions Options = WriteOptions.None with { KeepDeleted = true };

    private static readonly WriteOptions OfExisting = WriteOptions.None with { MustExist = true };

    [AllowAnonymous]
    public override Task<HealthzResponse> Healthz(HealthzRequest request, ServerCallContext context) =>
        Task.FromResult(new HealthzResponse());

    public override async Task<GetMyUserResponse> GetMyUser(GetMyUserRequest request, ServerCallContext context)
    {
        var record = await reader.GetAsync(context.GetCaller().OwnProfile, context.CancellationToken);
        return new GetMyUserResponse { User = messages.ToUser(record) };
    }

    public override async Task<GetMyProfileResponse> GetMyProfile(GetMyProfileRequest request, ServerCallContext context)
    {
        var record = await reader.GetAsync(context.GetCaller().OwnProfile, context.CancellationToken);
        return new GetMyProfileResponse { Details = ZitadelMessages.ToDetails(record), Profile = messages.ToProfile(record) };
    }

    public override async Task<UpdateMyProfileResponse> UpdateMyProfile(UpdateMyProfileRequest request, ServerCallContext context)
    {
        var patch = ZitadelPatch.Read(request, context.GetOrganization().Settings);
        var outcome = await writer.WriteAsync(context, context.GetCaller().OwnProfile, patch, Options);
        return outcome.Kind == WriteOutcomeKind.Unchanged
            ? throw ZitadelErrors.NotChanged()
            : new UpdateMyProfileResponse { Details = ZitadelMessages.ToChangeDetails(outcome.Record!) };
    }

    public override async Task<RemoveMyAvatarResponse> RemoveMyAvatar(RemoveMyAvatarRequest request, ServerCallContext context)
    {
        var patch = new DialectPatch(context.GetOrganization().Settings, byServer: false);
        patch.Set("AvatarUrl", ProfileField.AvatarUrl, value: null);
        patch.Set("Picture", ProfileField.Picture, value: null);
        var outcome = await writer.WriteAsync(context, context.GetCaller().OwnProfile, patch, OfExisting);
        return new RemoveMyAvatarResponse { Details = ZitadelMessages.ToChangeDetails(outcome.Record!) };
    }
}
