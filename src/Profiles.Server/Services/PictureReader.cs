using Google.Protobuf;
using Grpc.Core;
using Profiles.Api;
using Profiles.Core.Errors;
using Profiles.Core.Pictures;
using CropRectangle = Profiles.V1.CropRectangle;

namespace Profiles.Server.Services;

/// <summary>Reads images from messages.</summary>
internal static class PictureReader
{
    // As long as an image waits for its end, others wait for its place.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private const string Required = "is required: a JPEG, PNG or WebP image";

    /// <summary>The upload that one message has.</summary>
    /// <exception cref="ProfilesException">There is no image.</exception>
    public static PictureUpload Read(HttpBody? image, CropRectangle? crop, HttpBody? cropped) => new(image?.Data.Memory ?? throw Missing())
    {
        Crop = ToCrop(crop),
        CroppedImage = cropped?.Data.Memory,
    };

    /// <summary>The upload that a stream of messages has.</summary>
    /// <param name="stream">The messages after the first one.</param>
    /// <param name="first">The bytes of the first one.</param>
    /// <param name="crop">The part that is wanted.</param>
    /// <param name="dataOf">The bytes of a message.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="ProfilesException">There is no image, or it is too large.</exception>
    public static async Task<PictureUpload> ReadAsync<T>(
        IAsyncStreamReader<T> stream, ByteString first, CropRectangle? crop, Func<T, ByteString> dataOf, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        var image = new MemoryStream();
        Append(image, first);
        while (await MoveNextAsync(stream, patience.Token, cancellationToken))
            Append(image, dataOf(stream.Current));
        if (image.Length == 0)
            throw Missing();
        return new PictureUpload(image.GetBuffer().AsMemory(0, (int)image.Length)) { Crop = ToCrop(crop) };
    }

    private static async Task<bool> MoveNextAsync<T>(IAsyncStreamReader<T> stream, CancellationToken patience, CancellationToken cancellationToken)
    {
        try
        {
            return await stream.MoveNext(patience);
        }
        catch (Exception exception)
            when (exception is OperationCanceledException or RpcException && patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw ProfilesException.Invalid("data", $"must be complete within {Patience.TotalSeconds} seconds");
        }
    }

    private static ProfilesException Missing() => ProfilesException.Invalid("image", Required);

    private static void Append(MemoryStream image, ByteString data)
    {
        if (image.Length + data.Length > PictureUpload.MaxBytes)
            throw ProfilesException.Invalid("data", "must have at most 10 MiB in all");
        image.Write(data.Span);
    }

    private static Core.Pictures.CropRectangle? ToCrop(CropRectangle? crop) =>
        crop is null ? null : new Core.Pictures.CropRectangle(crop.Left, crop.Top, crop.Width, crop.Height);
}
