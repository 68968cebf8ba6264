using Profiles.Core.Errors;
using Profiles.Core.Pictures;
using Profiles.Pictures;

namespace Profiles.Server.Pictures;

/// <summary>Makes pictures by libvips, which is loaded when the server starts. Without it all else works.</summary>
internal sealed class ImageMaker : IImageMaker, IDisposable
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly ImageEngine? engine;
    private readonly ILogger<ImageMaker> logger;

    public ImageMaker(PictureOptions options, ILogger<ImageMaker> logger)
    {
        this.logger = logger;
        try
        {
            engine = new ImageEngine(new ImageEngineOptions
            {
                LibraryPath = options.LibraryPath,
                Parallel = options.Parallel,
                Waiting = options.Uploads,
            });
            ServerLog.ImageLibraryLoaded(logger, engine.Version);
        }
        catch (ImageLibraryException exception)
        {
            ServerLog.ImageLibraryMissing(logger, exception.Message);
        }
    }

    public async Task<IReadOnlyList<ReadOnlyMemory<byte>>> MakeAsync(PictureUpload upload, CancellationToken cancellationToken)
    {
        if (engine is null)
            throw new ProfilesException(ErrorReason.ImageLibraryMissing, "The server cannot read images: it has no library for them.");

        // The original must be an image too, for it may be kept; its squares come from what was cut out of it.
        if (upload.CroppedImage is not { } cropped)
            return await MakeAsync("image", upload.Image, upload.Crop, cancellationToken);
        if (upload.Crop is not null)
            throw ProfilesException.Invalid("crop", "must not be beside cropped_image");
        Check("image", () => ImageEngine.CheckHeader(upload.Image));
        return await MakeAsync("cropped_image", cropped, crop: null, cancellationToken);
    }

    public void Dispose() => engine?.Dispose();

    private async Task<IReadOnlyList<ReadOnlyMemory<byte>>> MakeAsync(
        string field, ReadOnlyMemory<byte> image, CropRectangle? crop, CancellationToken cancellationToken)
    {
        try
        {
            var part = crop is { } asked ? new ImageCrop(asked.Left, asked.Top, asked.Width, asked.Height) : (ImageCrop?)null;
            return await engine!.MakeSquaresAsync(image, part, PictureSize.All, cancellationToken);
        }
        catch (ImageRefusedException exception)
        {
            throw Refuse(field, exception);
        }
        catch (ImageQueueFullException)
        {
            throw new ProfilesException(ErrorReason.Overloaded, "The server has as many images as it can work on. Try again.") { RetryAfter = RetryAfter };
        }
    }

    private void Check(string field, Action check)
    {
        try
        {
            check();
        }
        catch (ImageRefusedException exception)
        {
            throw Refuse(field, exception);
        }
    }

    private ProfilesException Refuse(string field, ImageRefusedException exception)
    {
        ServerLog.ImageRefused(logger, exception.Message);
        return ProfilesException.Invalid(exception.IsAboutCrop ? "crop" : field, exception.Message);
    }
}
