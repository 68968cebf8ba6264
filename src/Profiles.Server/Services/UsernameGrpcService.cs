using Grpc.Core;
using Profiles.Core.Identity;
using Profiles.Core.Operations;
using Profiles.Core.Usernames;
using Profiles.Server.Access;
using Profiles.Server.Limits;
using Profiles.V1;

namespace Profiles.Server.Services;

/// <summary>Serves <c>profiles.v1.UsernameService</c>.</summary>
internal sealed class UsernameGrpcService(UsernameChecker checker, UsernameDenylist denylist) : UsernameService.UsernameServiceBase
{
    public override async Task<CheckUsernameResponse> CheckUsername(CheckUsernameRequest request, ServerCallContext context)
    {
        var caller = context.GetCaller();
        UserId? user = caller.SpeaksForUser && UserId.TryParse(caller.Subject, out var id) ? id : null;
        var check = await checker.CheckAsync(context.GetOrganization(), user, request.Username, context.CancellationToken);
        return UsernameMessages.ToMessage(check);
    }

    public override async Task<DenyUsernamesResponse> DenyUsernames(DenyUsernamesRequest request, ServerCallContext context)
    {
        var requests = request.Usernames
            .OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => new DenyRequest(pair.Key, pair.Value))
            .ToList();
        var origin = context.GetOrigin();
        var results = await denylist.DenyAsync(
            origin.Organization,
            requests,
            origin.Organization.Settings.Usernames,
            origin.Caller.AsServer,
            origin.HttpRequestId,
            context.CancellationToken);
        return new DenyUsernamesResponse { Outcomes = { results.Select(UsernameMessages.ToMessage) } };
    }

    public override async Task<AllowUsernamesResponse> AllowUsernames(AllowUsernamesRequest request, ServerCallContext context)
    {
        var origin = context.GetOrigin();
        var (allowed, inUse, notDenied) = await denylist.AllowAsync(
            origin.Organization, request.Usernames, origin.Caller.AsServer, origin.HttpRequestId, context.CancellationToken);
        return new AllowUsernamesResponse { Allowed = { allowed }, InUse = { inUse }, NotDenied = { notDenied } };
    }

    [TakesDenylist]
    public override async Task<ReplaceDenylistResponse> ReplaceDenylist(ReplaceDenylistRequest request, ServerCallContext context)
    {
        UsernameDenylist.DemandUnique(context.GetOrganization());
        var names = new DeniedNameSet();
        names.Add(request.Usernames);
        var (inUse, size) = await ReplaceAsync(names, context);
        return new ReplaceDenylistResponse { InUse = { inUse }, Size = size };
    }

    [TakesDenylist]
    public override async Task<ReplaceDenylistStreamResponse> ReplaceDenylistStream(
        IAsyncStreamReader<ReplaceDenylistStreamRequest> requestStream, ServerCallContext context)
    {
        UsernameDenylist.DemandUnique(context.GetOrganization());
        var names = new DeniedNameSet();
        while (await requestStream.MoveNext(context.CancellationToken))
            names.Add(requestStream.Current.Usernames);
        var (inUse, size) = await ReplaceAsync(names, context);
        return new ReplaceDenylistStreamResponse { InUse = { inUse }, Size = size };
    }

    public override async Task<ListDeniedUsernamesResponse> ListDeniedUsernames(
        ListDeniedUsernamesRequest request, ServerCallContext context)
    {
        var page = await denylist.ListAsync(
            context.GetOrganization(),
            request.Prefix,
            new PageRequest(request.PageSize, request.PageToken, OrderBy: string.Empty),
            context.CancellationToken);
        return new ListDeniedUsernamesResponse
        {
            Usernames = { page.Items.Select(entry => entry.Text) },
            NextPageToken = page.NextPageToken,
        };
    }

    private Task<(IReadOnlyList<string> InUse, int Size)> ReplaceAsync(DeniedNameSet names, ServerCallContext context)
    {
        var origin = context.GetOrigin();
        return denylist.ReplaceAsync(
            origin.Organization, names.Names, origin.Caller.AsServer, origin.HttpRequestId, context.CancellationToken);
    }
}
