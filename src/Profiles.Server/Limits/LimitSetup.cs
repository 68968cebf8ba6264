using Profiles.Core.Limits;

namespace Profiles.Server.Limits;

/// <summary>Puts the limits together.</summary>
internal static class LimitSetup
{
    /// <summary>Adds what the middlewares need.</summary>
    public static void AddLimits(this IServiceCollection services, LimitSettings settings)
    {
        services.AddSingleton<NanosecondClock>();
        services.AddSingleton<IRateLimitPolicy>(settings.RateLimits);
        services.AddSingleton(_ => new CallPermits(settings.Calls, settings.Queue, settings.Streams));
        services.AddFailedAuthentications(settings.FailedAuthentications);
        if (settings.AreShared)
        {
            services.AddSingleton<BucketSharing>();
            services.AddHostedService(provider => provider.GetRequiredService<BucketSharing>());
        }

        services.AddSingleton(provider =>
            new RateLimiter(provider.GetRequiredService<NanosecondClock>(), provider.GetService<BucketSharing>()));
    }

    /// <summary>Adds the throttle of failed authentications.</summary>
    public static void AddFailedAuthentications(this IServiceCollection services, RateLimit? limit)
    {
        services.AddSingleton(provider => new FailedAuthentications(
            limit, provider.GetRequiredService<NanosecondClock>(), provider.GetRequiredService<ILogger<FailedAuthentications>>()));
        services.AddSingleton<RecentCredentials>();
        services.AddSingleton<AuthenticationThrottle>();
    }
}
