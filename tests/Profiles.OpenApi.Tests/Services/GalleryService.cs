using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using OpenApi.Tests.V1;
using Profiles.Api;
using Profiles.Transcoding;

namespace Profiles.OpenApi.Tests.Services;

/// <summary>Takes everything, and answers with what it got where the types allow.</summary>
internal sealed class GalleryService : global::OpenApi.Tests.V1.GalleryService.GalleryServiceBase
{
    public override Task<Picture> GetPicture(GetPictureRequest request, ServerCallContext context) => Picture(request.Name);

    public override Task<FindPicturesResponse> FindPictures(FindPicturesRequest request, ServerCallContext context) =>
        Task.FromResult(new FindPicturesResponse { Pictures = { Sample(request.OrderBy) } });

    public override Task<Picture> GetTags(GetPictureRequest request, ServerCallContext context) => Picture(request.Name);

    [HttpAnswer(StatusCodes.Status201Created, "It is new.", Always = true)]
    [HttpAnswer(StatusCodes.Status202Accepted, "It will be there.")]
    public override Task<Picture> CreatePicture(CreatePictureRequest request, ServerCallContext context)
    {
        context.SetHttpStatusCode(StatusCodes.Status201Created);
        return Task.FromResult(request.Picture);
    }

    public override Task<Picture> UpdatePicture(UpdatePictureRequest request, ServerCallContext context) => Task.FromResult(request.Picture);

    public override Task<EveryKind> UpdateEveryKind(UpdateEveryKindRequest request, ServerCallContext context) => Task.FromResult(request.Value);

    public override Task<EveryKind> EchoEveryKind(EveryKind request, ServerCallContext context) => Task.FromResult(request);

    public override Task<Picture> ChangePicture(ChangePictureRequest request, ServerCallContext context) => Task.FromResult(request.Picture);

    public override Task<Picture> ChangeLabels(ChangeLabelsRequest request, ServerCallContext context) => Picture(request.Name);

    public override Task<Empty> ImportPictures(ImportPicturesRequest request, ServerCallContext context) => Nothing();

    public override Task<Empty> SetTitle(SetPartRequest request, ServerCallContext context) => Nothing();

    public override Task<Empty> SetTags(SetPartRequest request, ServerCallContext context) => Nothing();

    public override Task<Empty> SetLabels(SetPartRequest request, ServerCallContext context) => Nothing();

    public override Task<Empty> SetThumbnail(SetPartRequest request, ServerCallContext context) => Nothing();

    public override Task<Empty> SetContent(SetContentRequest request, ServerCallContext context) => Nothing();

    [HttpAnswer(StatusCodes.Status307TemporaryRedirect, "It is elsewhere.")]
    [HttpAnswer(StatusCodes.Status304NotModified, "The reader has it.")]
    [HttpAnswer(StatusCodes.Status204NoContent, "There is none.")]
    public override Task<HttpBody> GetContent(GetPictureRequest request, ServerCallContext context) => Task.FromResult(new HttpBody());

    public override Task<HttpBody> EchoBody(HttpBody request, ServerCallContext context) => Task.FromResult(request);

    public override Task WatchPictures(FindPicturesRequest request, IServerStreamWriter<Picture> responseStream, ServerCallContext context) =>
        responseStream.WriteAsync(Sample(request.OrderBy));

    public override Task Download(GetPictureRequest request, IServerStreamWriter<HttpBody> responseStream, ServerCallContext context) =>
        responseStream.WriteAsync(new HttpBody());

    [Obsolete("As in the contract.")]
    public override Task<Empty> DeletePicture(GetPictureRequest request, ServerCallContext context) => Nothing();

    public override Task<FindPicturesResponse> SearchPictures(FindPicturesRequest request, ServerCallContext context) =>
        Task.FromResult(new FindPicturesResponse());

    public override Task<Empty> TouchPicture(TouchPictureRequest request, ServerCallContext context) => Nothing();

    private static Task<Picture> Picture(string name) => Task.FromResult(Sample(name));

    private static Picture Sample(string name) => new() { Name = name, Title = "Untitled", Tags = { "new" } };

    private static Task<Empty> Nothing() => Task.FromResult(new Empty());
}
