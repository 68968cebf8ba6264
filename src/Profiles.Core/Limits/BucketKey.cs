using Profiles.Core.Access;

namespace Profiles.Core.Limits;

/// <summary>Whose bucket: a credential has one for each class of calls.</summary>
/// <param name="Organization">The credential's organization.</param>
/// <param name="Kind">The kind of credential.</param>
/// <param name="CredentialId">
/// The id of the API key or application. For tokens the subject, whoever issued them: a new token is no new allowance.
/// </param>
/// <param name="Class">The class of calls.</param>
/// <param name="WindowSeconds">The window: with another one, a bucket begins anew.</param>
public readonly record struct BucketKey(
    string Organization, CredentialKind Kind, string CredentialId, RateClass Class, int WindowSeconds)
{
    /// <summary>The bucket of a caller for calls of a class.</summary>
    public static BucketKey Of(Caller caller, RateClass rateClass, RateLimit limit) =>
        new(
            caller.Organization.Value,
            caller.Kind,
            caller.CredentialId ?? caller.Subject,
            rateClass,
            (int)(limit.Window.Ticks / TimeSpan.TicksPerSecond));
}
