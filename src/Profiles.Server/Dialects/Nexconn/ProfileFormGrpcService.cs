using Grpc.Core;
using Profiles.Contracts.Nexconn.V4;
using Profiles.Core.Errors;
using Profiles.Core.Records;

namespace Profiles.Server.Dialects.Nexconn;

/// <summary>Serves <c>nexconn.v4.ProfileFormService</c>.</summary>
internal sealed class ProfileFormGrpcService(UserProfiles profiles, NexconnFields fields) : ProfileFormService.ProfileFormServiceBase
{
    private const int Success = 200;
    private const int MaxQueried = 100;
    private const int MaxCleaned = 20;
    private const string Users = "user_id";

    public override async Task<SetProfileResponse> SetProfile(SetProfileRequest request, ServerCallContext context)
    {
        var basic = request.UserProfile.Length == 0 ? null : ProfileTexts.ReadBasic("user_profile", request.UserProfile);
        var extended = ProfileTexts.ReadExtended("user_ext_profile", request.UserExtProfile);
        await profiles.SetAsync(request.UserId, basic, extended, context);
        return new SetProfileResponse { Code = Success };
    }

    public override async Task<BatchQueryProfilesResponse> BatchQueryProfiles(
        BatchQueryProfilesRequest request, ServerCallContext context)
    {
        var records = await profiles.GetAsync(Users, Split(request.UserId), MaxQueried, context);
        return new BatchQueryProfilesResponse { Code = Success, UserList = { records.Select(ToUser) } };
    }

    public override async Task<QueryProfilesResponse> QueryProfiles(QueryProfilesRequest request, ServerCallContext context)
    {
        if (request.HasSize && request.HasCount)
            throw ProfilesException.Invalid("count", "must not be there beside size, which means the same");
        var records = await profiles.ListAsync(
            request.HasPage ? request.Page : null,
            request.HasSize ? request.Size : request.HasCount ? request.Count : null,
            request.HasCount ? "count" : "size",
            request.HasOrder ? request.Order : null,
            context);
        return new QueryProfilesResponse { Code = Success, UserList = { records.Select(ToUser) } };
    }

    public override async Task<CleanProfilesResponse> CleanProfiles(CleanProfilesRequest request, ServerCallContext context)
    {
        await profiles.DeleteAsync(Users, Split(request.UserId), MaxCleaned, context);
        return new CleanProfilesResponse { Code = Success };
    }

    // No user id has a comma.
    private static List<string> Split(IEnumerable<string> users) => users.SelectMany(text => text.Split(',')).ToList();

    private ListedUser ToUser(ProfileRecord record) => new()
    {
        UserId = record.Key.User.Value,
        Version = record.Revision,
        UserProfile = ProfileTexts.Write(fields.ToBasic(record)),
        UserExtProfile = ProfileTexts.Write(record.Values.Attributes),
    };
}
