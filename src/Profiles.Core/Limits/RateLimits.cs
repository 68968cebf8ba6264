namespace Profiles.Core.Limits;

/// <summary>Allowances for each class of calls. What is null is decided at the next level.</summary>
/// <param name="Read">Calls that read one record, or one page.</param>
/// <param name="Write">Calls that write one record.</param>
/// <param name="Batch">Calls that read or write many records.</param>
/// <param name="Administration">Calls about organizations and credentials.</param>
public sealed record RateLimits(RateLimit? Read, RateLimit? Write, RateLimit? Batch, RateLimit? Administration)
{
    /// <summary>No allowance of its own.</summary>
    public static readonly RateLimits None = new(Read: null, Write: null, Batch: null, Administration: null);

    /// <summary>The allowance for a class of calls; null for none of its own.</summary>
    public RateLimit? this[RateClass rateClass] => rateClass switch
    {
        RateClass.Read => Read,
        RateClass.Write => Write,
        RateClass.Batch => Batch,
        RateClass.Administration => Administration,
        _ => throw new ArgumentOutOfRangeException(nameof(rateClass), rateClass, "A class without an allowance."),
    };
}
