using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Profiles.Core.Organizations;

namespace Profiles.Server.Limits;

/// <summary>
/// Lets only two denylists into memory at once, and one of an organization, whose replacements follow each other anyway: with their names and
/// looks the largest take some hundred MiB each.
/// </summary>
internal sealed class DenylistGateMiddleware : IAsyncDisposable
{
    /// <summary>How many calls of an organization may wait for their place.</summary>
    public const int WaitingOfOrganization = 8;

    private const int Lists = 2;
    private const int Waiting = 64;

    // The largest list is there in nine minutes, or has ten with all that follows.
    private static readonly MinDataRate LeastRate = new(bytesPerSecond: 128 * 1024, gracePeriod: TimeSpan.FromSeconds(5));
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly RequestDelegate next;
    private readonly RequestGate gate;

    public DenylistGateMiddleware(RequestDelegate next, TimeProvider clock)
    {
        this.next = next;
        var places = PartitionedRateLimiter.CreateChained(
            PartitionedRateLimiter.Create<HttpContext, string>(context => RateLimitPartition.GetConcurrencyLimiter(
                context.Features.Get<Organization>()!.Id.Value, _ => RequestGate.Places(1, WaitingOfOrganization))),
            PartitionedRateLimiter.Create<HttpContext, string>(_ => RateLimitPartition.GetConcurrencyLimiter(
                string.Empty, _ => RequestGate.Places(Lists, Waiting))));
        gate = new RequestGate(places, LeastRate, Patience, "The server has as many denylists as it can take. Try again.", clock);
    }

    public Task InvokeAsync(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<TakesDenylistAttribute>() is null ? next(context) : gate.PassAsync(context, next);

    public ValueTask DisposeAsync() => gate.DisposeAsync();
}
