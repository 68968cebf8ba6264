using Microsoft.AspNetCore.Http.Features;
using Profiles.Core.Access;
using Profiles.Core.Errors;
using Profiles.Core.Limits;
using Profiles.Core.Organizations;
using Profiles.Server.Access;

namespace Profiles.Server.Limits;

/// <summary>
/// Counts each call against its caller's allowance, and refuses it when that is used up. It stands behind access, which knows
/// the caller, and runs before the body is read.
/// </summary>
internal sealed class RateLimitMiddleware(
    RequestDelegate next, AccessRules rules, ServerRateLimits serverLimits, RateLimiter limiter, ILogger<RateLimitMiddleware> logger)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.Features.Get<Caller>() is not { } caller)
            return next(context);
        var method = context.GetEndpoint().MethodName()!;
        var rateClass = (RateClass)rules.Find(method)!.RateClass;
        return FindLimit(context, caller, rateClass) is { } limit
            ? CountAsync(context, BucketKey.Of(caller, rateClass, limit), limit, method)
            : next(context);
    }

    // Whoever is nearest to the credential decides.
    private RateLimit? FindLimit(HttpContext context, Caller caller, RateClass rateClass) =>
        caller.RateLimits[rateClass]
        ?? context.Features.GetRequiredFeature<Organization>().Settings.RateLimits[rateClass]
        ?? context.GetEndpoint()!.Metadata.GetMetadata<UsualRateLimit>()?.Limit
        ?? serverLimits.Find(caller, rateClass);

    private Task CountAsync(HttpContext context, in BucketKey key, RateLimit limit, string method)
    {
        var taking = limiter.TakeAsync(key, limit, context.RequestAborted);
        return taking.IsCompletedSuccessfully
            ? GoOnAsync(context, key, limit, method, taking.Result)
            : WaitAsync(taking, context, key, limit, method);
    }

    private async Task WaitAsync(ValueTask<Taken> taking, HttpContext context, BucketKey key, RateLimit limit, string method) =>
        await GoOnAsync(context, key, limit, method, await taking);

    private Task GoOnAsync(HttpContext context, in BucketKey key, RateLimit limit, string method, in Taken taken)
    {
        var refusal = taken.Kind == TakenKind.Exhausted ? Refuse(key, limit, taken) : null;
        if (context.GetEndpoint().IsRest())
            RateLimitHeaders.Write(context.Response.Headers, key.Class, limit, taken);
        if (refusal is null)
            return next(context);
        ServerLog.RateLimited(logger, method, refusal.RetryAfter!.Value.TotalSeconds);
        return RefusalWriter.WriteAsync(context, refusal);
    }

    private static ProfilesException Refuse(in BucketKey key, RateLimit limit, in Taken taken)
    {
        var name = RateLimitHeaders.NameOf(key.Class);
        var kind = key.Kind.ToString().ToLowerInvariant();
        return new ProfilesException(ErrorReason.RateLimited, $"The credential has used up its allowance of {limit} {name} calls.")
        {
            RetryAfter = NanosecondClock.ToTimeSpan(taken.Wait),
            Quota = new QuotaViolation($"organization:{key.Organization}/{kind}:{key.CredentialId}", $"{name} calls: {limit}"),
        };
    }
}
