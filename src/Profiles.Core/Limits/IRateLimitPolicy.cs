using Profiles.Core.Access;

namespace Profiles.Core.Limits;

/// <summary>Says what a caller is allowed. Asked before each call, so it answers from memory.</summary>
public interface IRateLimitPolicy
{
    /// <summary>The allowance of a caller's credential for a class of calls; null for none, which is no limit.</summary>
    RateLimit? Find(Caller caller, RateClass rateClass);
}
