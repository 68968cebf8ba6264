using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Profiles.Core.Errors;
using Profiles.Core.Pictures;

namespace Profiles.Server.Pictures;

/// <summary>Keeps the files of pictures in an object store that speaks the protocol of Amazon S3.</summary>
internal sealed class ObjectStoreFiles : IPictureFiles, IDisposable
{
    private const string CacheForever = "public, max-age=31536000, immutable";

    // Longer than caches keep the answer that has it.
    private static readonly TimeSpan AddressLife = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(15);

    private readonly ObjectStoreOptions options;
    private readonly TimeProvider clock;
    private readonly AmazonS3Client client;

    public ObjectStoreFiles(ObjectStoreOptions options, TimeProvider clock)
    {
        (this.options, this.clock) = (options, clock);
        var config = new AmazonS3Config
        {
            ForcePathStyle = options.PathStyle,
            Timeout = RequestTimeout,
            // Other makers' stores do not know the newer checksums.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        if (options.Endpoint is { } endpoint)
            (config.ServiceURL, config.AuthenticationRegion) = (endpoint, options.Region);
        else
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(options.Region);
        client = options.AccessKey is { } key ? new AmazonS3Client(key, options.SecretKey, config) : new AmazonS3Client(config);
    }

    public PicturePlace Place => PicturePlace.ObjectStore;

    public Task WriteAsync(PictureFile file, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) => TranslateAsync(async () =>
    {
        using var stream = ToStream(content);
        var request = new PutObjectRequest
        {
            BucketName = options.Bucket,
            Key = NameOf(file),
            InputStream = stream,
            ContentType = file.Size == PictureFile.Original ? "application/octet-stream" : PictureSize.ContentType,
            UseChunkEncoding = false,
        };
        if (file.Size != PictureFile.Original)
            request.Headers.CacheControl = CacheForever;
        await client.PutObjectAsync(request, cancellationToken);
        return true;
    });

    public Task<ReadOnlyMemory<byte>?> ReadAsync(PictureFile file, CancellationToken cancellationToken) => TranslateAsync(async () =>
    {
        try
        {
            using var answer = await client.GetObjectAsync(options.Bucket, NameOf(file), cancellationToken);
            using var content = new MemoryStream();
            await answer.ResponseStream.CopyToAsync(content, cancellationToken);
            return (ReadOnlyMemory<byte>?)content.GetBuffer().AsMemory(0, (int)content.Length);
        }
        catch (AmazonS3Exception exception) when (exception.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    });

    // One by one: not every store takes them together, and there are four.
    public Task DeleteAsync(PictureFileSet files, CancellationToken cancellationToken) => TranslateAsync(async () =>
    {
        foreach (var size in PictureSize.All.Append(PictureFile.Original))
            await client.DeleteObjectAsync(options.Bucket, NameOf(new PictureFile(files, size)), cancellationToken);
        return true;
    });

    public Uri? AddressOf(PictureFile file) => options.Redirect
        ? new Uri(client.GetPreSignedURL(new GetPreSignedUrlRequest
        {
            BucketName = options.Bucket,
            Key = NameOf(file),
            Verb = HttpVerb.GET,
            Expires = (clock.GetUtcNow() + AddressLife).UtcDateTime,
            Protocol = options.Endpoint?.StartsWith("http:", StringComparison.OrdinalIgnoreCase) == true ? Protocol.HTTP : Protocol.HTTPS,
        }))
        : null;

    public void Dispose() => client.Dispose();

    // An organization may be called "..", which some stores take for a parent.
    private static string NameOf(PictureFile file) => string.Create(
        CultureInfo.InvariantCulture,
        $"o-{file.Files.Organization}/{file.Files.Id:n}/{(file.Size == PictureFile.Original ? "original" : $"{file.Size}.webp")}");

    private static MemoryStream ToStream(ReadOnlyMemory<byte> content) =>
        MemoryMarshal.TryGetArray(content, out var bytes)
            ? new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false)
            : new MemoryStream(content.ToArray(), writable: false);

    private static async Task<T> TranslateAsync<T>(Func<Task<T>> operation)
    {
        try
        {
            return await operation();
        }
        catch (Exception exception) when (exception is AmazonServiceException or AmazonClientException or HttpRequestException or IOException or TimeoutException)
        {
            throw new ProfilesException(ErrorReason.StorageUnavailable, "The pictures cannot be reached at the moment. Try again.", exception);
        }
    }
}
