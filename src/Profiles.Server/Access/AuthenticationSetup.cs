using Profiles.Core.Credentials.ApiKeys;
using Profiles.Core.Credentials.Applications;
using Profiles.Server.Access.Authentication;
using Profiles.Server.Access.Directories;

namespace Profiles.Server.Access;

/// <summary>Registers what checks credentials, and what manages them.</summary>
internal static class AuthenticationSetup
{
    /// <summary>Adds it on top of the store, and of <see cref="MasterKeys"/>.</summary>
    public static IServiceCollection AddCredentials(this IServiceCollection services)
    {
        services.AddSingleton<ApiKeyManager>();
        services.AddSingleton<ApplicationManager>();
        services.AddSingleton<SecretReencryption>();
        services.AddAuthenticators();
        services.AddHostedService(provider => provider.GetRequiredService<ApiKeyUses>());
        services.AddHostedService<SignatureForgetter>();
        return services;
    }

    /// <summary>Adds what tells who is calling, alone.</summary>
    public static void AddAuthenticators(this IServiceCollection services)
    {
        services.AddSingleton<ApiKeyDirectory>();
        services.AddSingleton<ApplicationDirectory>();
        services.AddSingleton<BearerAuthenticator>();
        services.AddSingleton<ApiKeyAuthenticator>();
        services.AddSingleton<ApplicationAuthenticator>();
        services.AddSingleton<Authenticator>();
        services.AddSingleton<ApiKeyUses>();
    }
}
