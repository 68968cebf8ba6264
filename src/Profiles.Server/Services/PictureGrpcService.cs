using Google.Protobuf;
using Grpc.Core;
using Profiles.Api;
using Profiles.Core.Errors;
using Profiles.Core.Identity;
using Profiles.Core.Pictures;
using Profiles.Core.Storage;
using Profiles.Server.Access;
using Profiles.Transcoding;
using Profiles.V1;

namespace Profiles.Server.Services;

/// <summary>Serves <c>profiles.v1.PictureService</c>.</summary>
internal sealed class PictureGrpcService(PictureWriter writer, PictureLibrary library, ProfileMessages messages) : PictureService.PictureServiceBase
{
    public override async Task<SetMyPictureResponse> SetMyPicture(SetMyPictureRequest request, ServerCallContext context)
    {
        var upload = PictureReader.Read(
            request.Image, request.HasImageSha256 ? request.ImageSha256 : null,
            request.Crop, request.CroppedImage, request.HasCroppedImageSha256 ? request.CroppedImageSha256 : null);
        var options = RequestConditions.Read(context, request.Etag, request.RequestId, etagField: "etag");
        var change = await SetOwnAsync(upload, options, context);
        return new SetMyPictureResponse { Profile = change.Profile, Details = change.Details, Unchanged = change.Unchanged, PictureId = change.PictureId };
    }

    public override async Task<SetMyPictureStreamResponse> SetMyPictureStream(
        IAsyncStreamReader<SetMyPictureStreamRequest> requestStream, ServerCallContext context)
    {
        var first = await FirstAsync(requestStream, context);
        var options = RequestConditions.Read(context, first.Etag, first.RequestId, etagField: "etag");
        var upload = await PictureReader.ReadAsync(
            requestStream, first.Crop, part => (part.Data, part.HasImageSha256 ? part.ImageSha256 : null), context.CancellationToken);
        var change = await SetOwnAsync(upload, options, context);
        return new SetMyPictureStreamResponse { Profile = change.Profile, Details = change.Details, Unchanged = change.Unchanged, PictureId = change.PictureId };
    }

    public override async Task<SetPictureResponse> SetPicture(SetPictureRequest request, ServerCallContext context)
    {
        var key = KeyOf(context, request.UserId);
        var upload = PictureReader.Read(
            request.Image, request.HasImageSha256 ? request.ImageSha256 : null,
            request.Crop, request.CroppedImage, request.HasCroppedImageSha256 ? request.CroppedImageSha256 : null);
        var options = RequestConditions.Read(context, request.Etag, request.RequestId, request.MustExist, etagField: "etag");
        var change = await SetAsync(key, upload, context.GetCaller().AsServer, options, context);
        return new SetPictureResponse { Profile = change.Profile, Details = change.Details, Unchanged = change.Unchanged, PictureId = change.PictureId };
    }

    public override async Task<SetPictureStreamResponse> SetPictureStream(
        IAsyncStreamReader<SetPictureStreamRequest> requestStream, ServerCallContext context)
    {
        var first = await FirstAsync(requestStream, context);
        var key = KeyOf(context, first.UserId);
        var options = RequestConditions.Read(context, first.Etag, first.RequestId, first.MustExist, etagField: "etag");
        var upload = await PictureReader.ReadAsync(
            requestStream, first.Crop, part => (part.Data, part.HasImageSha256 ? part.ImageSha256 : null), context.CancellationToken);
        var change = await SetAsync(key, upload, context.GetCaller().AsServer, options, context);
        return new SetPictureStreamResponse { Profile = change.Profile, Details = change.Details, Unchanged = change.Unchanged, PictureId = change.PictureId };
    }

    public override async Task<RemoveMyPictureResponse> RemoveMyPicture(RemoveMyPictureRequest request, ServerCallContext context)
    {
        var caller = context.GetCaller();
        var options = RequestConditions.Read(context, request.Etag, request.RequestId, etagField: "etag");
        var change = Answer(await writer.RemoveAsync(caller.OwnProfile, caller.AsUser, options, context.CancellationToken), context);
        return new RemoveMyPictureResponse { Profile = change.Profile, Details = change.Details, Unchanged = change.Unchanged };
    }

    public override async Task<RemovePictureResponse> RemovePicture(RemovePictureRequest request, ServerCallContext context)
    {
        var key = KeyOf(context, request.UserId);
        var options = RequestConditions.Read(context, request.Etag, request.RequestId, etagField: "etag");
        var change = Answer(await writer.RemoveAsync(key, context.GetCaller().AsServer, options, context.CancellationToken), context);
        return new RemovePictureResponse { Profile = change.Profile, Details = change.Details, Unchanged = change.Unchanged };
    }

    [HttpAnswer(StatusCodes.Status304NotModified, "The reader has the picture.")]
    [HttpAnswer(StatusCodes.Status307TemporaryRedirect, "The picture is at this address of an object store, which is good for a while.")]
    public override async Task<GetPictureResponse> GetPicture(GetPictureRequest request, ServerCallContext context)
    {
        if (!PictureKey.TryParse(request.PictureId, out var key))
            throw ProfilesException.Invalid("picture_id", PictureKey.Rule);
        var size = request.Size == 0 ? PictureSize.Largest : request.Size;
        if (!PictureSize.All.Contains(size))
            throw ProfilesException.Invalid("size", $"must be {string.Join(", ", PictureSize.All)}, or 0 for {PictureSize.Largest}");

        var picture = await library.GetAsync(key, size, context.CancellationToken);
        await context.WriteResponseHeadersAsync(PictureHeaders.Of(picture));
        if (picture.Address is not null && context.GetHttpContext().GetEndpoint().IsRest())
        {
            context.SetHttpStatusCode(StatusCodes.Status307TemporaryRedirect);
            return new GetPictureResponse { Image = new HttpBody { ContentType = PictureSize.ContentType } };
        }

        var content = picture.Content ?? await library.ReadAsync(key, size, context.CancellationToken);
        return new GetPictureResponse
        {
            Image = new HttpBody { ContentType = PictureSize.ContentType, Data = UnsafeByteOperations.UnsafeWrap(content) },
        };
    }

    private Task<Change> SetOwnAsync(PictureUpload upload, Core.Operations.WriteOptions options, ServerCallContext context)
    {
        var caller = context.GetCaller();
        return SetAsync(caller.OwnProfile, upload, caller.AsUser, options, context);
    }

    private async Task<Change> SetAsync(
        ProfileKey key, PictureUpload upload, Core.Access.Actor actor, Core.Operations.WriteOptions options, ServerCallContext context)
    {
        PictureReader.RefuseDigestHeaders(context);
        var settings = context.GetOrganization().Settings.Pictures;
        var outcome = await writer.SetAsync(key, upload, settings, actor, options, context.CancellationToken);
        return Answer(outcome, context);
    }

    private Change Answer(WriteOutcome outcome, ServerCallContext context)
    {
        var record = outcome.Record!;
        EtagHeader.Set(context, record.Etag);
        return new Change(
            messages.ToMessage(record),
            ProfileMessages.ToDetails(record),
            outcome.Kind == WriteOutcomeKind.Unchanged,
            PictureUrls.KeyOf(record)?.Name ?? string.Empty);
    }

    private static ProfileKey KeyOf(ServerCallContext context, string user) =>
        UserId.TryParse(user, out var id)
            ? new ProfileKey(context.GetCaller().Organization, id)
            : throw ProfilesException.Invalid("user_id", UserId.Rule);

    private static async Task<T> FirstAsync<T>(IAsyncStreamReader<T> stream, ServerCallContext context) =>
        await stream.MoveNext(context.CancellationToken)
            ? stream.Current
            : throw ProfilesException.Invalid("data", "must have an image, yet there is no message");

    private sealed record Change(Profile Profile, ObjectDetails Details, bool Unchanged, string PictureId);
}
