using System.Buffers;
using System.Security.Cryptography;
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

    private const string ImageSha256 = "image_sha256";
    private const string CroppedSha256 = "cropped_image_sha256";
    private const string Required = "is required: a JPEG, PNG or WebP image";

    /// <summary>The upload that one message has.</summary>
    /// <param name="image">The image.</param>
    /// <param name="sha256">What its SHA-256 has to be; null when nothing is said of it.</param>
    /// <param name="crop">The part that is wanted.</param>
    /// <param name="cropped">That part as an image of its own.</param>
    /// <param name="croppedSha256">What the SHA-256 of that has to be.</param>
    /// <exception cref="ProfilesException">There is no image, or what is said of it is malformed.</exception>
    public static PictureUpload Read(HttpBody? image, string? sha256, CropRectangle? crop, HttpBody? cropped, string? croppedSha256)
    {
        if (croppedSha256 is not null && cropped is null)
            throw ProfilesException.Invalid(CroppedSha256, "must not be without cropped_image");
        return new PictureUpload(image?.Data.Memory ?? throw Missing())
        {
            ImageSha256 = ToHash(ImageSha256, sha256),
            Crop = ToCrop(crop),
            CroppedImage = cropped?.Data.Memory,
            CroppedImageSha256 = ToHash(CroppedSha256, croppedSha256),
        };
    }

    /// <summary>The upload that a stream of messages has.</summary>
    /// <param name="stream">The messages, at the first one.</param>
    /// <param name="crop">The part that is wanted.</param>
    /// <param name="partOf">The bytes of a message, and what it says of the SHA-256 of all.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="ProfilesException">There is no image, it is too large, or what is said of it is malformed.</exception>
    public static async Task<PictureUpload> ReadAsync<T>(
        IAsyncStreamReader<T> stream, CropRectangle? crop, Func<T, (ByteString Data, string? Sha256)> partOf, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        var (image, hash) = (new MemoryStream(), (byte[]?)null);
        do
        {
            var (data, sha256) = partOf(stream.Current);
            Append(image, data);
            if (sha256 is not null && hash is not null)
                throw ProfilesException.Invalid(ImageSha256, "must be in one message only");
            hash ??= ToHash(ImageSha256, sha256);
        }
        while (await MoveNextAsync(stream, patience.Token, cancellationToken));
        if (image.Length == 0)
            throw Missing();
        return new PictureUpload(image.GetBuffer().AsMemory(0, (int)image.Length)) { ImageSha256 = hash, Crop = ToCrop(crop) };
    }

    /// <summary>Refuses the headers that tell the digest of content: over REST they are compared before the call, and not part of it.</summary>
    /// <exception cref="ProfilesException">There is such a header.</exception>
    public static void RefuseDigestHeaders(ServerCallContext context)
    {
        foreach (var name in (string[])["content-digest", "repr-digest"])
        {
            if (context.RequestHeaders.Get(name) is not null)
                throw ProfilesException.Invalid(name, $"must not be sent over gRPC, where the content has more than the image: use {ImageSha256}");
        }
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

    private static byte[]? ToHash(string field, string? text)
    {
        if (text is null)
            return null;
        var hash = new byte[SHA256.HashSizeInBytes];
        return text.Length == 2 * hash.Length && Convert.FromHexString(text, hash, out _, out _) == OperationStatus.Done
            ? hash
            : throw ProfilesException.Invalid(field, $"must be a SHA-256 in {2 * hash.Length} hexadecimal digits");
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
