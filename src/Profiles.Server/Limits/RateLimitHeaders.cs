using System.Collections.Concurrent;
using System.Globalization;
using Profiles.Core.Limits;

namespace Profiles.Server.Limits;

/// <summary>
/// The fields <c>RateLimit-Policy</c> and <c>RateLimit</c> of a REST answer (draft-ietf-httpapi-ratelimit-headers-11).
/// </summary>
internal static class RateLimitHeaders
{
    /// <summary>The allowance: <c>"read";q=6000;w=60</c>.</summary>
    public const string Policy = "RateLimit-Policy";

    /// <summary>What is left of it: <c>"read";r=5999;t=1</c>.</summary>
    public const string Limit = "RateLimit";

    // There are as many as limits were set; when somebody sets them to everything in turn, it begins anew.
    private const int MaxPolicies = 1_000;

    private static readonly ConcurrentDictionary<(RateClass Class, RateLimit Limit), string> Policies = new();

    /// <summary>Writes both fields.</summary>
    public static void Write(IHeaderDictionary headers, RateClass rateClass, in RateLimit limit, in Taken taken)
    {
        headers[Policy] = PolicyOf(rateClass, limit);
        // No more than what remains can be used within t: until a token comes back.
        var wait = taken.Kind == TakenKind.Exhausted ? taken.Wait : limit.TokenNanoseconds;
        var seconds = RetryDelay.Seconds(NanosecondClock.ToTimeSpan(wait));
        headers[Limit] = string.Create(
            CultureInfo.InvariantCulture, $"\"{NameOf(rateClass).ToLowerInvariant()}\";r={taken.Remaining};t={seconds}");
    }

    /// <summary>The class as the contract spells it.</summary>
    public static string NameOf(RateClass rateClass) => rateClass switch
    {
        RateClass.Read => "READ",
        RateClass.Write => "WRITE",
        RateClass.Batch => "BATCH",
        RateClass.Administration => "ADMINISTRATION",
        _ => throw new ArgumentOutOfRangeException(nameof(rateClass), rateClass, "A class without a name."),
    };

    private static string PolicyOf(RateClass rateClass, RateLimit limit)
    {
        if (Policies.TryGetValue((rateClass, limit), out var known))
            return known;
        if (Policies.Count >= MaxPolicies)
            Policies.Clear();
        return Policies.GetOrAdd((rateClass, limit), static pair => string.Create(
            CultureInfo.InvariantCulture,
            $"\"{NameOf(pair.Class).ToLowerInvariant()}\";q={pair.Limit.Requests};w={pair.Limit.Window.TotalSeconds}"));
    }
}
