using Grpc.Core;
using Profiles.Contracts.HiveMp.V1;
using Profiles.Core.Access;
using Profiles.Core.Errors;
using Profiles.Core.Identity;
using Profiles.Core.Operations;
using Profiles.Server.Access;

namespace Profiles.Server.Dialects.HiveMp;

/// <summary>Serves <c>hivemp.v1.UserAccountService</c>.</summary>
internal sealed class HiveMpUserAccountService(ProfileReader reader, DialectWriter writer, HiveMpMessages messages)
    : UserAccountService.UserAccountServiceBase
{
    public override async Task<GetProfileResponse> GetProfile(GetProfileRequest request, ServerCallContext context)
    {
        var key = KeyOf(request.Id, context, Permissions.ProfilesRead);
        var record = await reader.GetAsync(key, context.CancellationToken);
        return new GetProfileResponse { Profile = messages.ToProfile(record) };
    }

    public override async Task<UpdateProfileResponse> UpdateProfile(UpdateProfileRequest request, ServerCallContext context)
    {
        var key = KeyOf(request.Id, context, Permissions.ProfilesWrite);
        var record = HiveMpPatch.Read(request.ProfileUpdate, context.GetOrganization().Settings, ByServer(context)) is { } patch
            ? (await writer.WriteAsync(context, key, patch)).Record!
            : await reader.GetAsync(key, context.CancellationToken);
        return new UpdateProfileResponse { Profile = messages.ToProfile(record) };
    }

    private static bool ByServer(ServerCallContext context) => context.GetCaller().Has(Permissions.ProfilesWrite);

    // Whose account it is comes first, so that strangers do not learn by the rules what there is.
    private static ProfileKey KeyOf(string id, ServerCallContext context, string permission)
    {
        if (id.Length == 0)
            throw ProfilesException.Invalid(HiveMpErrorWriter.Id, HiveMpErrorWriter.Missing);
        return UserId.TryParse(id, out var user)
            ? context.GetCaller().Reach(user, permission)
            : throw ProfilesException.Invalid(HiveMpErrorWriter.Id, UserId.Rule);
    }
}
