using Grpc.Core;
using Profiles.Contracts.Epixel.V1;
using Profiles.Core.Errors;
using Profiles.Core.Pictures;
using Profiles.Core.Storage;
using Profiles.Server.Access;
using Profiles.Server.Pictures;
using WriteOptions = Profiles.Core.Operations.WriteOptions;

namespace Profiles.Server.Dialects.Epixel;

/// <summary>Serves <c>epixel.v1.ProfileImageService</c>.</summary>
internal sealed class EpixelProfileImageService(PictureWriter writer, PictureUrls urls) : ProfileImageService.ProfileImageServiceBase
{
    private const string Image = "image";
    private const string CroppedImage = "cropped_image";
    private const string NotAnImage = "Upload a valid image. The file you uploaded was either not an image or a corrupted image.";

    // What our rules for images begin with that are broken by what is no image, or a damaged one.
    private const string MustBe = "must be a";

    [TakesImages]
    public override async Task<UploadProfileImageResponse> UploadProfileImage(UploadProfileImageRequest request, ServerCallContext context)
    {
        Demand(request);
        var outcome = await SetAsync(request, context);
        return new UploadProfileImageResponse
        {
            StatusCode = StatusCodes.Status200OK,
            Data = new ProfileImageData { ProfileImage = urls.Of(outcome.Record!) },
        };
    }

    private async Task<WriteOutcome> SetAsync(UploadProfileImageRequest request, ServerCallContext context)
    {
        var caller = context.GetCaller();
        var upload = new PictureUpload(request.Image.Memory) { CroppedImage = request.HasCroppedImage ? request.CroppedImage.Memory : (ReadOnlyMemory<byte>?)null };
        var options = WriteOptions.None with { HttpRequestId = context.GetHttpRequestId() };
        try
        {
            return await writer.SetAsync(
                caller.OwnProfile, upload, context.GetOrganization().Settings.Pictures, caller.AsUser, options, context.CancellationToken);
        }
        catch (ProfilesException exception) when (exception.Reason == ErrorReason.InvalidRequest)
        {
            throw ProfilesException.Invalid([.. exception.Violations.Select(InDocumentedWords)]);
        }
    }

    private static void Demand(UploadProfileImageRequest request)
    {
        var violations = new List<FieldViolation>();
        if (request.Image.IsEmpty)
            violations.Add(new FieldViolation(Image, NotAnImage));
        if (request is { HasCroppedImage: true, CroppedImage.IsEmpty: true })
            violations.Add(new FieldViolation(CroppedImage, NotAnImage));
        if (violations.Count > 0)
            throw ProfilesException.Invalid(violations);
    }

    private static FieldViolation InDocumentedWords(FieldViolation violation) =>
        violation.Description.StartsWith(MustBe, StringComparison.Ordinal) ? violation with { Description = NotAnImage } : violation;
}
