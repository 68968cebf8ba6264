using Grpc.Core;
using Profiles.Contracts.Nexconn.V4;
using Profiles.Core.Records;

namespace Profiles.Server.Dialects.Nexconn;

/// <summary>Serves <c>nexconn.v4.UserProfileService</c>.</summary>
internal sealed class UserProfileGrpcService(UserProfiles profiles, NexconnFields fields) : UserProfileService.UserProfileServiceBase
{
    private const int Success = 0;
    private const int MaxUsers = 20;

    public override async Task<SetUserProfileResponse> SetUserProfile(SetUserProfileRequest request, ServerCallContext context)
    {
        await profiles.SetAsync(request.UserId, request.UserProfile, request.UserExtProfile, context);
        return new SetUserProfileResponse { Code = Success };
    }

    public override async Task<BatchGetUserProfilesResponse> BatchGetUserProfiles(
        BatchGetUserProfilesRequest request, ServerCallContext context)
    {
        var records = await profiles.GetAsync("user_ids", request.UserIds, MaxUsers, context);
        return new BatchGetUserProfilesResponse { Code = Success, Result = ToList(records) };
    }

    public override async Task<ListUserProfilesResponse> ListUserProfiles(ListUserProfilesRequest request, ServerCallContext context)
    {
        var records = await profiles.ListAsync(
            request.HasPage ? request.Page : null,
            request.HasPageSize ? request.PageSize : null,
            "page_size",
            request.HasOrder ? request.Order : null,
            context);
        return new ListUserProfilesResponse { Code = Success, Result = ToList(records) };
    }

    public override async Task<DeleteUserProfilesResponse> DeleteUserProfiles(
        DeleteUserProfilesRequest request, ServerCallContext context)
    {
        await profiles.DeleteAsync("user_ids", request.UserIds, MaxUsers, context);
        return new DeleteUserProfilesResponse { Code = Success };
    }

    private UserList ToList(IEnumerable<ProfileRecord> records) => new() { Users = { records.Select(ToUser) } };

    private User ToUser(ProfileRecord record)
    {
        var user = new User
        {
            UserId = record.Key.User.Value,
            Version = record.Revision,
            UserProfile = fields.ToBasic(record),
        };
        foreach (var (key, value) in record.Values.Attributes)
            user.UserExtProfile.Add(key, value);
        return user;
    }
}
