using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Profiles.Core.Errors;
using Profiles.Server.Access;

namespace Profiles.Server.Limits;

/// <summary>
/// Lets only so many large requests into memory at once: the others wait, before a byte of them is read. Who sends too slowly loses the
/// place, so that nobody keeps the others out.
/// </summary>
/// <param name="places">The places.</param>
/// <param name="leastRate">How fast a body has to come over HTTP/1.1.</param>
/// <param name="patience">How long a request may take over HTTP/2, whose requests share a connection and so have no rate of their own.</param>
/// <param name="refusal">What is said when too many wait.</param>
/// <param name="clock">Measures the patience.</param>
internal sealed class RequestGate(
    PartitionedRateLimiter<HttpContext> places, MinDataRate leastRate, TimeSpan patience, string refusal, TimeProvider clock) : IAsyncDisposable
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>Carries a request out when there is a place for it.</summary>
    public async Task PassAsync(HttpContext context, RequestDelegate next)
    {
        using var place = await places.AcquireAsync(context, 1, context.RequestAborted);
        if (!place.IsAcquired)
        {
            await RefusalWriter.WriteAsync(context, new ProfilesException(ErrorReason.Overloaded, refusal) { RetryAfter = RetryAfter });
            return;
        }

        if (HttpProtocol.IsHttp2(context.Request.Protocol))
        {
            await using var timer = clock.CreateTimer(static call => ((HttpContext)call!).Abort(), context, patience, Timeout.InfiniteTimeSpan);
            await next(context);
            return;
        }

        if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
            rate.MinDataRate = leastRate;
        await next(context);
    }

    /// <summary>Places, and how many may wait for one.</summary>
    public static ConcurrencyLimiterOptions Places(int places, int waiting) =>
        new() { PermitLimit = places, QueueLimit = waiting, QueueProcessingOrder = QueueProcessingOrder.OldestFirst };

    public ValueTask DisposeAsync() => places.DisposeAsync();
}
