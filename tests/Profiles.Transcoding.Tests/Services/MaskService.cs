using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Profiles.Transcoding.Tests.V1;

namespace Profiles.Transcoding.Tests.Services;

/// <summary>Answers with the field mask that it was sent, and with what is beside it.</summary>
internal sealed class MaskService : V1.MaskService.MaskServiceBase
{
    public override Task<MaskResponse> ChangeBook(ChangeBookRequest request, ServerCallContext context) => Answer(request.UpdateMask, request.Book);

    public override Task<MaskResponse> ChangeFlat(FlatRequest request, ServerCallContext context)
    {
        var mask = request.FieldMask;
        request.FieldMask = null;
        return Answer(mask, null, request);
    }

    public override Task<MaskResponse> ChangeEither(ChangeEitherRequest request, ServerCallContext context) => Answer(request.UpdateMask, request.Book);

    [FieldMaskFromKeys(Resource = "book")]
    public override Task<MaskResponse> ChangeNamed(ChangeEitherRequest request, ServerCallContext context) => Answer(request.UpdateMask, request.Book);

    [FieldMaskFromKeys(Resource = "*")]
    public override Task<MaskResponse> ChangeWhole(ChangeEitherRequest request, ServerCallContext context) => Answer(request.UpdateMask, request.Book);

    public override Task<MaskResponse> ChangeTwoMasks(TwoMasksRequest request, ServerCallContext context) => Answer(request.UpdateMask, request.Book);

    private static Task<MaskResponse> Answer(FieldMask? mask, Book? book, FlatRequest? flat = null)
    {
        var response = new MaskResponse { Book = book, Flat = flat };
        if (mask is not null) response.Mask = string.Join(',', mask.Paths);
        return Task.FromResult(response);
    }
}
