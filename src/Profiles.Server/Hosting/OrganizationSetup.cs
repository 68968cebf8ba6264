using Profiles.Core.Audit;
using Profiles.Core.Organizations;
using Profiles.Server.Access;
using Profiles.Server.Services;

namespace Profiles.Server.Hosting;

/// <summary>Puts organizations together.</summary>
internal static class OrganizationSetup
{
    /// <summary>Adds what serves organizations, and the events about them, on top of the store.</summary>
    public static IServiceCollection AddOrganizations(this IServiceCollection services)
    {
        services.AddSingleton<OrganizationAdministration>();
        services.AddSingleton<OrganizationDirectory>();
        services.AddSingleton<OrganizationGate>();
        services.AddSingleton<AuditReader>();
        services.AddSingleton<OrganizationGrpcService>();
        services.AddSingleton<AuditGrpcService>();
        return services.AddHostedService<OrganizationRemover>();
    }
}
