using Grpc.Core;
using Profiles.Contracts.M2.V1;
using Profiles.Core.Usernames;
using Profiles.Server.Access;
using Profiles.Server.Limits;
using Profiles.Transcoding;

namespace Profiles.Server.Dialects.M2;

/// <summary>Serves <c>m2.v1.DenylistService</c>.</summary>
internal sealed class M2DenylistGrpcService(UsernameDenylist denylist) : DenylistService.DenylistServiceBase
{
    public override async Task<DenyUsernamesResponse> DenyUsernames(DenyUsernamesRequest request, ServerCallContext context)
    {
        var origin = context.GetOrigin();
        var results = await denylist.DenyAsync(
            origin.Organization,
            request.Usernames.Select(pair => new DenyRequest(pair.Key, pair.Value)).ToList(),
            WithoutRestrictions(origin.Organization.Settings.Usernames),
            origin.Caller.AsServer,
            origin.HttpRequestId,
            context.CancellationToken);
        var response = new DenyUsernamesResponse { UsernamesNotAdded = { results.Where(result => !IsDenied(result)).Select(result => result.Text) } };
        if (response.UsernamesNotAdded.Count == 0)
            context.SetHttpStatusCode(StatusCodes.Status204NoContent);
        return response;
    }

    public override async Task<DeleteDeniedUsernamesResponse> DeleteDeniedUsernames(
        DeleteDeniedUsernamesRequest request, ServerCallContext context)
    {
        var origin = context.GetOrigin();
        var (deleted, inUse, _) = await denylist.AllowAsync(
            origin.Organization, request.Usernames, origin.Caller.AsServer, origin.HttpRequestId, context.CancellationToken);
        return new DeleteDeniedUsernamesResponse { UsernamesDeleted = { deleted }, UsernamesInUse = { inUse } };
    }

    [TakesDenylist]
    public override async Task<OverwriteDenylistResponse> OverwriteDenylist(OverwriteDenylistRequest request, ServerCallContext context)
    {
        var origin = context.GetOrigin();
        UsernameDenylist.DemandUnique(origin.Organization);
        var names = new DeniedNameSet();
        names.Add(request.Usernames);
        var (inUse, _) = await denylist.ReplaceAsync(
            origin.Organization, names.Names, origin.Caller.AsServer, origin.HttpRequestId, context.CancellationToken);
        if (inUse.Count == 0)
            context.SetHttpStatusCode(StatusCodes.Status204NoContent);
        else if (IsRest(context))
            context.GetHttpContext().Response.StatusCode = StatusCodes.Status409Conflict;
        return new OverwriteDenylistResponse { UsernamesInUse = { inUse } };
    }

    private static bool IsDenied(DenyResult result) =>
        result.Outcome is { Kind: DenyOutcomeKind.Added or DenyOutcomeKind.AlreadyDenied };

    // No name of the request, replacements included, need obey the organization's length and pattern.
    private static UsernameSettings WithoutRestrictions(UsernameSettings settings) => settings with
    {
        MinLength = UsernameSettings.DefaultMinLength,
        MaxLength = UsernameSettings.LengthLimit,
        Pattern = null,
    };

    private static bool IsRest(ServerCallContext context) => context.GetHttpContext().GetEndpoint().IsRest();
}
