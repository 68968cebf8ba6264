using Grpc.Core;
using Profiles.Contracts.M2.V1;
using Profiles.Core.Access;
using Profiles.Core.Errors;
using Profiles.Core.Operations;
using Profiles.Server.Access;
using Profiles.Transcoding;

namespace Profiles.Server.Dialects.M2;

/// <summary>Serves <c>m2.v1.ProfileService</c>.</summary>
internal sealed class M2ProfileGrpcService(ProfileReader reader, DialectWriter writes) : ProfileService.ProfileServiceBase
{
    public override async Task<GetProfileResponse> GetProfile(GetProfileRequest request, ServerCallContext context)
    {
        var user = M2User.Of(context, Permissions.ProfilesRead);
        var record = await reader.GetAsync(user.Key, context.CancellationToken);
        return M2Messages.ToRead(record.Values);
    }

    [FieldMaskFromKeys]
    public override async Task<UpsertProfileResponse> UpsertProfile(UpsertProfileRequest request, ServerCallContext context)
    {
        var user = M2User.Of(context, Permissions.ProfilesWrite);
        if (request.Profile is null)
            throw ProfilesException.Invalid("profile", "is required");
        var patch = new DialectPatch(context.GetOrganization().Settings, byServer: !user.IsOwn);
        M2Messages.Fill(patch, request.Profile, request.UpdateMask);
        var outcome = await writes.WriteAsync(context, user.Key, patch);
        return M2Messages.ToWritten(outcome.Record!.Values);
    }
}
