namespace Profiles.Server.Health;

/// <summary>Puts health together.</summary>
internal static class HealthSetup
{
    /// <summary>Adds what watches the server's health, and announces its end.</summary>
    public static void AddHealth(this IServiceCollection services, TimeSpan drain)
    {
        services.AddSingleton<Readiness>();
        services.AddSingleton<HealthGrpcService>();
        services.AddHostedService<DatabaseMonitor>();
        services.AddHostedService(provider => ActivatorUtilities.CreateInstance<Drain>(provider, drain));
    }

    /// <summary>Maps health over gRPC and HTTP, open to everybody.</summary>
    public static void MapHealth(this WebApplication app)
    {
        app.MapGrpcService<HealthGrpcService>().AllowAnonymous();
        app.MapHealthEndpoints();
    }
}
