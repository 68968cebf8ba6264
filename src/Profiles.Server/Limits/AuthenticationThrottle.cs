using Profiles.Core.Errors;

namespace Profiles.Server.Limits;

/// <summary>What stands around the check of a credential: see <see cref="FailedAuthentications"/>.</summary>
internal sealed class AuthenticationThrottle(FailedAuthentications failures, RecentCredentials recent)
{
    /// <summary>Throws if the request is to be refused without a look at its credential.</summary>
    /// <param name="context">The request.</param>
    /// <param name="credential">The credential as it was sent; null for none.</param>
    /// <param name="prefix">The visible prefix of a key; null for other credentials.</param>
    /// <exception cref="ProfilesException">Too many have failed (<see cref="ErrorReason.RateLimited"/>).</exception>
    public void Demand(HttpContext context, string? credential, string? prefix = null)
    {
        if (failures.Refuses(context.Connection.RemoteIpAddress, prefix) is not { } delay
            || (credential is not null && recent.Knows(credential)))
        {
            return;
        }

        throw new ProfilesException(ErrorReason.RateLimited, "Too many authentications have failed. Try again later.")
        {
            RetryAfter = delay,
            Quota = new QuotaViolation("authentication", "failed authentications of an address, or with keys of one prefix"),
        };
    }

    /// <summary>Notes that the credential was not good.</summary>
    public void Failed(HttpContext context, string? prefix = null) => failures.Failed(context.Connection.RemoteIpAddress, prefix);

    /// <summary>Notes that the credential was good.</summary>
    public void Succeeded(string? credential)
    {
        if (credential is not null)
            recent.Remember(credential);
    }
}
