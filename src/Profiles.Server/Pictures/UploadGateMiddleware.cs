using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Profiles.Core.Access;
using Profiles.Server.Access;
using Profiles.Server.Limits;
using Profiles.V1;

namespace Profiles.Server.Pictures;

/// <summary>
/// Lets only so many images into memory at once. A user has two of the places at most, so that nobody keeps the others out.
/// </summary>
internal sealed class UploadGateMiddleware : IAsyncDisposable
{
    private const int PlacesOfUser = 2;
    private const int WaitingOfUser = 32;
    private const int WaitingForEachPlace = 8;

    private static readonly MinDataRate LeastRate = new(bytesPerSecond: 16 * 1024, gracePeriod: TimeSpan.FromSeconds(5));

    private static readonly HashSet<string> Uploads = new(
        PictureService.Descriptor.Methods
            .Where(method => method.Name.StartsWith("Set", StringComparison.Ordinal))
            .Select(method => $"/{method.Service.FullName}/{method.Name}"),
        StringComparer.Ordinal);

    // More than PictureReader has, whose answer is a clear one.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(150);

    private readonly RequestDelegate next;
    private readonly RequestGate gate;

    public UploadGateMiddleware(RequestDelegate next, PictureOptions options, TimeProvider clock)
    {
        this.next = next;
        var places = PartitionedRateLimiter.CreateChained(
            PartitionedRateLimiter.Create<HttpContext, string>(OfUser),
            PartitionedRateLimiter.Create<HttpContext, string>(_ => RateLimitPartition.GetConcurrencyLimiter(
                string.Empty, _ => RequestGate.Places(options.Uploads, options.Uploads * WaitingForEachPlace))));
        gate = new RequestGate(places, LeastRate, Patience, "The server has as many uploads as it can take. Try again.", clock);
    }

    public Task InvokeAsync(HttpContext context) =>
        context.GetEndpoint() is { } endpoint && MayHoldImage(endpoint, context.Request) ? gate.PassAsync(context, next) : next(context);

    private static bool MayHoldImage(Endpoint endpoint, HttpRequest request) =>
        endpoint.Metadata.GetMetadata<TakesImagesAttribute>() is { } takes
            ? request.ContentLength is not { } length || length > takes.SmallBytes
            : endpoint.MethodName() is { } method && Uploads.Contains(method);

    public ValueTask DisposeAsync() => gate.DisposeAsync();

    // Servers act for many.
    private static RateLimitPartition<string> OfUser(HttpContext context) =>
        context.Features.Get<Caller>() is { SpeaksForUser: true, Permissions.Count: 0 } caller
            ? RateLimitPartition.GetConcurrencyLimiter($"{caller.Organization}/{caller.Subject}", _ => RequestGate.Places(PlacesOfUser, WaitingOfUser))
            : RateLimitPartition.GetNoLimiter(string.Empty);
}
