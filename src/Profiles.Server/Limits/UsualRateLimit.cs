using Profiles.Core.Limits;

namespace Profiles.Server.Limits;

/// <summary>
/// What each credential may call of a service, class by class, unless it or its organization has an allowance. It stands in the
/// metadata of endpoints whose contract promises a rate; all others have the server's.
/// </summary>
/// <param name="Limit">The allowance.</param>
internal sealed record UsualRateLimit(RateLimit Limit);
