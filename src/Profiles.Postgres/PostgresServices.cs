using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Profiles.Core.Limits;
using Profiles.Core.Storage;
using Profiles.Postgres.Connections;
using Profiles.Postgres.Limits;
using Profiles.Postgres.Migrations;
using Profiles.Postgres.Profiles;

namespace Profiles.Postgres;

/// <summary>Registers the PostgreSQL store.</summary>
public static class PostgresServices
{
    /// <summary>
    /// Adds <see cref="IProfileStore"/>, <see cref="IRateLimitStore"/>, <see cref="IDatabaseProbe"/>, <see cref="Migrator"/> and the <see cref="NpgsqlDataSource"/> behind them.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="connectionString">
    /// The database, in Npgsql's form. Settings that it leaves out get the defaults of <see cref="DataSources"/>.
    /// </param>
    public static IServiceCollection AddPostgresStore(this IServiceCollection services, string connectionString)
    {
        services.AddSingleton(provider => DataSources.Create(connectionString, provider));
        services.AddSingleton<Migrator>();
        services.AddSingleton<WriteExecutor>();
        services.AddSingleton<IProfileStore, ProfileStore>();
        services.AddSingleton<IDatabaseProbe>(_ => new DatabaseProbe(connectionString));
        services.AddSingleton<IRateLimitStore>(provider =>
            new RateLimitStore(connectionString, provider.GetRequiredService<TimeProvider>()));
        return services;
    }
}
