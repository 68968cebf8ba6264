using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Profiles.Postgres.Connections;

/// <summary>
/// Connections to the database. Statements are prepared when a connection runs them the second time (<c>Max Auto
/// Prepare=64</c>; 0 switches that off, as poolers in transaction mode need it), and end after 30 seconds
/// (<c>Command Timeout</c>).
/// </summary>
public static class DataSources
{
    private const int StatementsKept = 64;
    private const int CommandTimeoutSeconds = 30;

    /// <summary>Creates the source of connections.</summary>
    /// <exception cref="ArgumentException">The connection string is malformed.</exception>
    public static NpgsqlDataSource Create(string connectionString, IServiceProvider services) =>
        new NpgsqlDataSourceBuilder(WithDefaults(connectionString))
            .UseLoggerFactory(services.GetService<ILoggerFactory>())
            .Build();

    private static string WithDefaults(string connectionString)
    {
        var given = new NpgsqlConnectionStringBuilder(connectionString);
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            ApplicationName = given.ApplicationName ?? "profiles",
            MaxAutoPrepare = given.ContainsKey("Max Auto Prepare") ? given.MaxAutoPrepare : StatementsKept,
            AutoPrepareMinUsages = given.ContainsKey("Auto Prepare Min Usages") ? given.AutoPrepareMinUsages : 2,
            CommandTimeout = given.ContainsKey("Command Timeout") ? given.CommandTimeout : CommandTimeoutSeconds,
        };
        return settings.ConnectionString;
    }
}
