using System.Net;
using Profiles.Core.Limits;

namespace Profiles.Server.Limits;

/// <summary>
/// Counts failed authentications by address and by key prefix, so that nobody can go on guessing, nor keep the server busy
/// with checks. In memory, bounded, of this server alone.
/// </summary>
internal sealed class FailedAuthentications
{
    /// <summary>The most addresses, and the most prefixes, that are remembered.</summary>
    public const int MaxEntries = 50_000;

    private readonly RateLimit? limit;
    private readonly NanosecondClock clock;
    private readonly ILogger logger;
    private readonly BucketTable<AddressKey, TokenBucket> addresses;
    private readonly BucketTable<string, TokenBucket> prefixes;

    /// <summary>Creates the count.</summary>
    /// <param name="limit">The failures that are allowed; null for any number.</param>
    /// <param name="clock">The time.</param>
    /// <param name="logger">Is told when somebody begins to be refused.</param>
    /// <param name="maxEntries">The most addresses, and the most prefixes, that are remembered.</param>
    public FailedAuthentications(RateLimit? limit, NanosecondClock clock, ILogger<FailedAuthentications> logger, int maxEntries = MaxEntries)
    {
        this.limit = limit;
        this.clock = clock;
        this.logger = logger;
        addresses = new(maxEntries, static _ => new TokenBucket(), clock);
        prefixes = new(maxEntries, static _ => new TokenBucket(), clock);
    }

    /// <summary>How many addresses and prefixes are remembered.</summary>
    public int Count => addresses.Count + prefixes.Count;

    /// <summary>
    /// How long an authentication is refused without being looked at; null when it is not. Costs next to nothing.
    /// </summary>
    /// <param name="address">Where the request comes from; null when it is not known.</param>
    /// <param name="prefix">The visible prefix of the key that it brings; null for none.</param>
    public TimeSpan? Refuses(IPAddress? address, string? prefix)
    {
        if (limit is not { } allowed)
            return null;
        var now = clock.Now;
        var wait = Math.Max(
            address is null ? 0 : addresses.Find(AddressKey.Of(address))?.WaitFor(allowed, now) ?? 0,
            prefix is null ? 0 : prefixes.Find(prefix)?.WaitFor(allowed, now) ?? 0);
        return wait > 0 ? NanosecondClock.ToTimeSpan(wait) : null;
    }

    /// <summary>Notes that an authentication failed.</summary>
    /// <param name="address">Where the request comes from; null when it is not known.</param>
    /// <param name="prefix">The visible prefix of the key that it brought; null for none.</param>
    public void Failed(IPAddress? address, string? prefix)
    {
        if (limit is not { } allowed)
            return;
        if (address is not null && IsLast(addresses, AddressKey.Of(address), allowed))
            ServerLog.AddressThrottled(logger, AddressKey.Of(address).ToString());
        if (prefix is not null && IsLast(prefixes, prefix, allowed))
            ServerLog.PrefixThrottled(logger);
    }

    // True when this was the last one that is allowed.
    private bool IsLast<TKey>(BucketTable<TKey, TokenBucket> table, TKey key, in RateLimit allowed)
        where TKey : notnull
    {
        while (true)
        {
            var bucket = table.Get(key);
            var taken = bucket.Take(allowed, clock.Now);
            if (taken.Kind != TakenKind.Retired)
                return taken is { Kind: TakenKind.Granted, Remaining: 0 };
            table.Remove(key, bucket);
        }
    }
}
