using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Profiles.Core.Access;
using Profiles.Core.Errors;
using Profiles.Server.Access;
using Profiles.V1;

namespace Profiles.Server.Pictures;

/// <summary>
/// Lets only so many images into memory at once: the others wait, before a byte of them is read. A user has two of the places at most, and
/// who sends too slowly loses his, so that nobody keeps the others out.
/// </summary>
internal sealed class UploadGateMiddleware : IAsyncDisposable
{
    private const int PlacesOfUser = 2;
    private const int WaitingOfUser = 32;
    private const int WaitingForEachPlace = 8;

    private static readonly MinDataRate LeastRate = new(bytesPerSecond: 16 * 1024, gracePeriod: TimeSpan.FromSeconds(5));
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private static readonly HashSet<string> Uploads = new(
        PictureService.Descriptor.Methods
            .Where(method => method.Name.StartsWith("Set", StringComparison.Ordinal))
            .Select(method => $"/{method.Service.FullName}/{method.Name}"),
        StringComparer.Ordinal);

    // More than PictureReader has, whose answer is a clear one.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(150);

    private readonly RequestDelegate next;
    private readonly TimeProvider clock;
    private readonly PartitionedRateLimiter<HttpContext> places;

    public UploadGateMiddleware(RequestDelegate next, PictureOptions options, TimeProvider clock)
    {
        (this.next, this.clock) = (next, clock);
        places = PartitionedRateLimiter.CreateChained(
            PartitionedRateLimiter.Create<HttpContext, string>(OfUser),
            PartitionedRateLimiter.Create<HttpContext, string>(_ => RateLimitPartition.GetConcurrencyLimiter(
                string.Empty, _ => Places(options.Uploads, options.Uploads * WaitingForEachPlace))));
    }

    public Task InvokeAsync(HttpContext context) =>
        context.GetEndpoint() is { } endpoint && MayHoldImage(endpoint, context.Request) ? WaitAsync(context) : next(context);

    private static bool MayHoldImage(Endpoint endpoint, HttpRequest request) =>
        endpoint.Metadata.GetMetadata<TakesImagesAttribute>() is { } takes
            ? request.ContentLength is not { } length || length > takes.SmallBytes
            : endpoint.MethodName() is { } method && Uploads.Contains(method);

    public ValueTask DisposeAsync() => places.DisposeAsync();

    private async Task WaitAsync(HttpContext context)
    {
        using var place = await places.AcquireAsync(context, 1, context.RequestAborted);
        if (!place.IsAcquired)
        {
            await RefusalWriter.WriteAsync(
                context, new ProfilesException(ErrorReason.Overloaded, "The server has as many uploads as it can take. Try again.") { RetryAfter = RetryAfter });
            return;
        }

        if (HttpProtocol.IsHttp2(context.Request.Protocol))
        {
            // Its requests share a connection, and so have no rate of their own.
            await using var patience = clock.CreateTimer(static call => ((HttpContext)call!).Abort(), context, Patience, Timeout.InfiniteTimeSpan);
            await next(context);
            return;
        }

        if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
            rate.MinDataRate = LeastRate;
        await next(context);
    }

    // Servers act for many.
    private static RateLimitPartition<string> OfUser(HttpContext context) =>
        context.Features.Get<Caller>() is { SpeaksForUser: true, Permissions.Count: 0 } caller
            ? RateLimitPartition.GetConcurrencyLimiter($"{caller.Organization}/{caller.Subject}", _ => Places(PlacesOfUser, WaitingOfUser))
            : RateLimitPartition.GetNoLimiter(string.Empty);

    private static ConcurrencyLimiterOptions Places(int places, int waiting) =>
        new() { PermitLimit = places, QueueLimit = waiting, QueueProcessingOrder = QueueProcessingOrder.OldestFirst };
}
