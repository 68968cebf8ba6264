using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Profiles.Contracts.Epixel.V1;
using Profiles.Core.Errors;
using Profiles.Core.Identity;
using Profiles.Core.Operations;
using Profiles.Server.Access;
using WriteOptions = Profiles.Core.Operations.WriteOptions;

namespace Profiles.Server.Dialects.Epixel;

/// <summary>Serves <c>epixel.v1.UserService</c>.</summary>
internal sealed class EpixelUserService(ProfileReader reader, DialectWriter writer, EmailTokens tokens, EpixelMessages messages)
    : UserService.UserServiceBase
{
    // Without a token the address may only stay as it is.
    private static readonly WriteOptions WithoutToken = WriteOptions.None with { KeepEmail = true };

    public override async Task<GetProfileResponse> GetProfile(GetProfileRequest request, ServerCallContext context)
    {
        var record = await reader.GetAsync(context.GetCaller().OwnProfile, context.CancellationToken);
        return new GetProfileResponse { StatusCode = StatusCodes.Status200OK, Data = messages.ToData(record) };
    }

    public override async Task<UpdateProfileResponse> UpdateProfile(UpdateProfileRequest request, ServerCallContext context)
    {
        var key = context.GetCaller().OwnProfile;
        var patch = EpixelPatch.Read(request, context.GetOrganization().Settings);
        var hasToken = tokens.Match(key, request.Email, request.TokenField, request.TokenChecksumField);
        try
        {
            var outcome = await writer.WriteAsync(context, key, patch, hasToken ? WriteOptions.None : WithoutToken);
            return new UpdateProfileResponse { StatusCode = StatusCodes.Status200OK, Data = messages.ToData(outcome.Record!) };
        }
        catch (ProfilesException exception) when (exception.Reason == ErrorReason.EmailKept)
        {
            throw EpixelPatch.TokenRefused(request);
        }
    }

    public override async Task<GetLocalInfoResponse> GetLocalInfo(GetLocalInfoRequest request, ServerCallContext context)
    {
        var record = await reader.FindAsync(context.GetCaller().OwnProfile, context.CancellationToken);
        return new GetLocalInfoResponse { StatusCode = StatusCodes.Status200OK, Data = EpixelMessages.ToLocalInfo(record) };
    }

    public override Task<IssueEmailTokenResponse> IssueEmailToken(IssueEmailTokenRequest request, ServerCallContext context)
    {
        if (!UserId.TryParse(request.UserId, out var user))
            throw ProfilesException.Invalid("user_id", UserId.Rule);
        if (EpixelPatch.CheckEmail(request.Email) is { } broken)
            throw ProfilesException.Invalid("email", broken);

        var issued = tokens.Issue(new ProfileKey(context.GetCaller().Organization, user), request.Email);
        return Task.FromResult(new IssueEmailTokenResponse
        {
            StatusCode = StatusCodes.Status200OK,
            Data = new EmailTokenData
            {
                TokenField = issued.Token,
                TokenChecksumField = issued.Checksum,
                ExpireTime = Timestamp.FromDateTime(issued.ExpireTime),
            },
        });
    }
}
