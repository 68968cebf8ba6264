using Grpc.Core;
using Profiles.Core.Errors;
using Profiles.Core.Identity;
using Profiles.Core.Operations;
using Profiles.Core.Pictures;
using Profiles.Core.Storage;
using Profiles.Server.Access;
using Profiles.V1;
using OrganizationSettings = Profiles.Core.Organizations.OrganizationSettings;

namespace Profiles.Server.Services;

/// <summary>Serves <c>profiles.v1.ProfileService</c>: reads messages, calls the use cases, writes messages.</summary>
internal sealed class ProfileGrpcService(
    ProfileReader reader, ProfileWriter writer, BatchSetHandler batches, ProfileMessages messages, PictureUrls pictures)
    : ProfileService.ProfileServiceBase
{
    public override async Task<GetMyProfileResponse> GetMyProfile(GetMyProfileRequest request, ServerCallContext context)
    {
        var record = await reader.GetAsync(context.GetCaller().OwnProfile, context.CancellationToken);
        EtagHeader.Set(context, record.Etag);
        return new GetMyProfileResponse { Profile = messages.ToMessage(record) };
    }

    public override async Task<GetProfileResponse> GetProfile(GetProfileRequest request, ServerCallContext context)
    {
        var record = await reader.GetAsync(KeyOf(context, request.UserId), context.CancellationToken);
        EtagHeader.Set(context, record.Etag);
        return new GetProfileResponse { Profile = messages.ToMessage(record) };
    }

    public override async Task<UpdateMyProfileResponse> UpdateMyProfile(
        UpdateMyProfileRequest request, ServerCallContext context)
    {
        var caller = context.GetCaller();
        var key = caller.OwnProfile;
        var patch = PatchReader.Read(key, request.Profile, request.UpdateMask, byServer: false, SettingsOf(context), pictures);
        var options = RequestConditions.Read(context, request.Profile.Etag, request.RequestId);
        var outcome = await writer.WriteAsync(key, patch, caller.AsUser, options, context.CancellationToken);

        var record = outcome.Record!;
        EtagHeader.Set(context, record.Etag);
        return new UpdateMyProfileResponse
        {
            Profile = messages.ToMessage(record),
            Details = ProfileMessages.ToDetails(record),
            Unchanged = outcome.Kind == WriteOutcomeKind.Unchanged,
        };
    }

    public override async Task<SetProfileResponse> SetProfile(SetProfileRequest request, ServerCallContext context)
    {
        var key = KeyOf(context, request.UserId);
        var patch = PatchReader.Read(key, request.Profile, request.UpdateMask, byServer: true, SettingsOf(context), pictures);
        var options = RequestConditions.Read(context, request.Profile.Etag, request.RequestId, request.MustExist);
        var outcome = await writer.WriteAsync(
            key, patch, context.GetCaller().AsServer, options, context.CancellationToken);

        EtagHeader.Set(context, outcome.Record!.Etag);
        return messages.ToSetResponse(outcome);
    }

    public override Task<BatchSetProfilesResponse> BatchSetProfiles(
        BatchSetProfilesRequest request, ServerCallContext context)
    {
        RequestConditions.RefuseHeaders(context);
        return batches.SetAsync(request, context.GetOrigin(), context.CancellationToken);
    }

    public override async Task<DeleteProfileResponse> DeleteProfile(
        DeleteProfileRequest request, ServerCallContext context)
    {
        var key = KeyOf(context, request.UserId);
        var options = RequestConditions.Read(context, request.Etag, request.RequestId, mustExist: true, etagField: "etag");
        var outcome = await writer.DeleteAsync(key, context.GetCaller().AsServer, options, context.CancellationToken);
        return new DeleteProfileResponse { Details = ProfileMessages.ToDetails(outcome.Record!) };
    }

    public override async Task<BatchGetProfilesResponse> BatchGetProfiles(
        BatchGetProfilesRequest request, ServerCallContext context)
    {
        if (request.UserIds.Count > ProfileReader.MaxBatchSize)
            throw ProfilesException.Invalid("user_ids", $"must have at most {ProfileReader.MaxBatchSize} entries");

        var users = request.UserIds.Select((user, i) => ReadUser($"user_ids[{i}]", user)).ToList();
        var (found, missing) = await reader.GetManyAsync(
            context.GetCaller().Organization, users, context.CancellationToken);
        return new BatchGetProfilesResponse
        {
            Profiles = { found.Select(messages.ToMessage) },
            MissingUserIds = { missing.Select(user => user.Value) },
        };
    }

    public override async Task<ListProfilesResponse> ListProfiles(ListProfilesRequest request, ServerCallContext context)
    {
        var page = await reader.ListAsync(
            context.GetCaller().Organization,
            new PageRequest(request.PageSize, request.PageToken, request.OrderBy),
            context.CancellationToken);
        return new ListProfilesResponse
        {
            Profiles = { page.Items.Select(messages.ToMessage) },
            NextPageToken = page.NextPageToken,
        };
    }

    public override async Task<ListProfileChangesResponse> ListProfileChanges(
        ListProfileChangesRequest request, ServerCallContext context)
    {
        var page = await ListChangesAsync(
            KeyOf(context, request.UserId), new PageRequest(request.PageSize, request.PageToken, request.OrderBy), context);
        return new ListProfileChangesResponse { Changes = { ToMessages(context, page.Items) }, NextPageToken = page.NextPageToken };
    }

    public override async Task<ListMyProfileChangesResponse> ListMyProfileChanges(
        ListMyProfileChangesRequest request, ServerCallContext context)
    {
        var page = await ListChangesAsync(
            context.GetCaller().OwnProfile, new PageRequest(request.PageSize, request.PageToken, request.OrderBy), context);
        return new ListMyProfileChangesResponse { Changes = { ToMessages(context, page.Items) }, NextPageToken = page.NextPageToken };
    }

    private Task<Page<Core.Records.ProfileChange>> ListChangesAsync(ProfileKey key, PageRequest page, ServerCallContext context) =>
        reader.ListChangesAsync(key, page, context.CancellationToken);

    private IEnumerable<V1.ProfileChange> ToMessages(ServerCallContext context, IReadOnlyList<Core.Records.ProfileChange> changes) =>
        changes.Select(change => messages.ToMessage(context.GetCaller().Organization, change));

    private static OrganizationSettings SettingsOf(ServerCallContext context) => context.GetOrganization().Settings;

    private static ProfileKey KeyOf(ServerCallContext context, string user) =>
        new(context.GetCaller().Organization, ReadUser("user_id", user));

    private static UserId ReadUser(string field, string text) =>
        UserId.TryParse(text, out var user) ? user : throw ProfilesException.Invalid(field, UserId.Rule);
}
