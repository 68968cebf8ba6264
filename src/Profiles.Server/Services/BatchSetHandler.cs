using Google.Protobuf.Collections;
using Profiles.Core.Errors;
using Profiles.Core.Identity;
using Profiles.Core.Operations;
using Profiles.Core.Pictures;
using Profiles.Core.Storage;
using Profiles.Server.Access;
using Profiles.Server.Errors;
using Profiles.V1;
using WriteOptions = Profiles.Core.Operations.WriteOptions;

namespace Profiles.Server.Services;

/// <summary>
/// Carries out <c>BatchSetProfiles</c>: what is wrong in itself fails before the rest goes to the store in one round trip.
/// </summary>
internal sealed class BatchSetHandler(ProfileWriter writer, ProfileMessages messages, PictureUrls pictures)
{
    public async Task<BatchSetProfilesResponse> SetAsync(
        BatchSetProfilesRequest request, RequestOrigin origin, CancellationToken cancellationToken)
    {
        var calls = request.Requests;
        if (calls.Count is 0 or > ProfileWriter.MaxBatchSize)
            throw ProfilesException.Invalid("requests", $"must have 1–{ProfileWriter.MaxBatchSize} entries, yet has {calls.Count}");

        var outcomes = calls.Select(call => new BatchSetProfilesOutcome { UserId = call.UserId }).ToList();
        var (writes, indices) = Prepare(calls, origin, outcomes);
        var results = await writer.WriteManyAsync(origin.Caller.Organization, writes, cancellationToken);
        for (var i = 0; i < results.Count; i++)
        {
            var result = results[i];
            Fill(outcomes[indices[i]], outcome => outcome.Response = messages.ToSetResponse(ProfileWriter.Succeed(result)));
        }

        return new BatchSetProfilesResponse { Outcomes = { outcomes } };
    }

    private (List<ProfileWrite> Writes, List<int> Indices) Prepare(
        RepeatedField<SetProfileRequest> calls, RequestOrigin origin, List<BatchSetProfilesOutcome> outcomes)
    {
        var (writes, indices) = (new List<ProfileWrite>(calls.Count), new List<int>(calls.Count));
        var firstOf = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < calls.Count; i++)
        {
            var (call, index) = (calls[i], i);
            Fill(outcomes[i], _ =>
            {
                writes.Add(Prepare(call, origin, firstOf, index));
                indices.Add(index);
            });
        }

        return (writes, indices);
    }

    private ProfileWrite Prepare(
        SetProfileRequest call, RequestOrigin origin, Dictionary<string, int> firstOf, int index)
    {
        if (!UserId.TryParse(call.UserId, out var user))
            throw ProfilesException.Invalid("user_id", UserId.Rule);
        if (!firstOf.TryAdd(call.UserId, index))
            throw ProfilesException.Invalid("user_id", $"must be another one in each call, yet requests[{firstOf[call.UserId]}] has it too");

        var key = new ProfileKey(origin.Caller.Organization, user);
        var patch = PatchReader.Read(key, call.Profile, call.UpdateMask, byServer: true, origin.Organization.Settings, pictures);
        var options = new WriteOptions(
            call.Profile.Etag.Length > 0 ? [call.Profile.Etag] : [], call.MustExist, call.RequestId)
        {
            HttpRequestId = origin.HttpRequestId,
        };
        return writer.Prepare(key, patch, origin.Caller.AsServer, options);
    }

    private static void Fill(BatchSetProfilesOutcome outcome, Action<BatchSetProfilesOutcome> fill)
    {
        try
        {
            fill(outcome);
        }
        catch (ProfilesException exception)
        {
            var status = ErrorMap.ToStatus(exception);
            outcome.Error = new Rpc.Status { Code = status.Code, Message = status.Message, Details = { status.Details } };
        }
    }
}
