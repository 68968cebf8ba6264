using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Profiles.Core.Audit;
using Profiles.Core.Changes;
using Profiles.Core.Credentials.ApiKeys;
using Profiles.Core.Credentials.Applications;
using Profiles.Core.Limits;
using Profiles.Core.Organizations;
using Profiles.Core.Pictures;
using Profiles.Core.Storage;
using Profiles.Core.Usernames;
using Profiles.Postgres.Audit;
using Profiles.Postgres.Changes;
using Profiles.Postgres.Connections;
using Profiles.Postgres.Credentials;
using Profiles.Postgres.Gathering;
using Profiles.Postgres.Limits;
using Profiles.Postgres.Migrations;
using Profiles.Postgres.Organizations;
using Profiles.Postgres.Pictures;
using Profiles.Postgres.Profiles;
using Profiles.Postgres.Usernames;

namespace Profiles.Postgres;

/// <summary>Registers the PostgreSQL store.</summary>
public static class PostgresServices
{
    /// <summary>
    /// Adds the stores of Core, <see cref="IDatabaseProbe"/>, <see cref="IChangeFeed"/>, <see cref="Migrator"/> and the
    /// <see cref="NpgsqlDataSource"/> behind them.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="connectionString">
    /// The database, in Npgsql's form. Settings that it leaves out get the defaults of <see cref="DataSources"/>.
    /// </param>
    public static IServiceCollection AddPostgresStore(this IServiceCollection services, string connectionString)
    {
        services.AddSingleton(provider => DataSources.Create(connectionString, provider));
        services.AddSingleton<Migrator>();
        services.AddSingleton<WarmConnections>();
        services.AddSingleton<TransactionRunner>();
        services.AddSingleton<WriteExecutor>();
        services.AddSingleton<GatheredProfiles>();
        services.AddSingleton<IProfileStore, ProfileStore>();
        services.AddSingleton<Queries>();
        services.AddSingleton<IApiKeyStore, ApiKeyStore>();
        services.AddSingleton<IApplicationStore, ApplicationStore>();
        services.AddSingleton<ISecretStore, SecretStore>();
        services.AddSingleton<ISignatureStore, SignatureStore>();
        services.AddSingleton<OrganizationTurns>();
        services.AddSingleton<DenylistReplacer>();
        services.AddSingleton<IUsernameStore, UsernameStore>();
        services.AddSingleton<IPictureIndex, PictureIndex>();
        services.AddSingleton<IPictureFiles, DatabaseFiles>();
        services.AddSingleton<UniquenessSwitch>();
        services.AddSingleton<OrganizationRemoval>();
        services.AddSingleton<IOrganizationStore, OrganizationStore>();
        services.AddSingleton<IAuditStore, AuditStore>();
        services.AddSingleton<IDatabaseProbe>(_ => new DatabaseProbe(connectionString));
        services.AddSingleton(provider => new ChangeFeed(
            connectionString, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<ChangeFeed>>()));
        services.AddSingleton<IChangeFeed>(provider => provider.GetRequiredService<ChangeFeed>());
        services.AddHostedService(provider => provider.GetRequiredService<ChangeFeed>());
        services.AddSingleton<IRateLimitStore>(provider =>
            new RateLimitStore(connectionString, provider.GetRequiredService<TimeProvider>()));
        return services;
    }
}
