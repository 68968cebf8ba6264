using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Profiles.Postgres.Connections;

/// <summary>
/// Connections to the database, 32 for each core and 90 at most (<c>Maximum Pool Size</c>). Statements are prepared when a connection runs
/// them the second time (<c>Max Auto Prepare=128</c>; 0 switches that off, as poolers in transaction mode need it), and end after 30 seconds
/// (<c>Command Timeout</c>). Each keeps one plan for all parameters (<c>Options=-c plan_cache_mode=force_generic_plan</c>): all look
/// rows up by whole keys, and planning the larger ones anew for each call would cost more than carrying them out. A pooler that
/// refuses such options needs <c>Options=</c> in the connection string. Nobody leaves settings, locks or temporary tables behind on a
/// connection, so it need not be reset before its next use (<c>No Reset On Close=true</c>): that would be seven statements more.
/// </summary>
public static class DataSources
{
    private static readonly string Defaults = string.Create(
        CultureInfo.InvariantCulture,
        $"Application Name=profiles;Maximum Pool Size={PoolSize(Environment.ProcessorCount)};Max Auto Prepare=128;Auto Prepare Min Usages=2;"
        + $"Command Timeout=30;No Reset On Close=true;Options=-c plan_cache_mode=force_generic_plan");

    // A question that is given up breaks the connection, instead of waiting for the database to admit it.
    private const string ForProbe = "Application Name=profiles-health;Minimum Pool Size=0;Maximum Pool Size=1;Cancellation Timeout=-1";

    // An answer that takes so long is as good as none.
    private const string ForChanges = "Application Name=profiles-changes;Pooling=false;Timeout=5;Command Timeout=5;Cancellation Timeout=-1";
    private const string ForLimits = "Application Name=profiles-limits;Minimum Pool Size=0;Maximum Pool Size=1;Cancellation Timeout=-1";

    /// <summary>Creates the source of connections.</summary>
    /// <exception cref="ArgumentException">The connection string is malformed.</exception>
    public static NpgsqlDataSource Create(string connectionString, IServiceProvider services) =>
        // Of a setting that is given twice, the last one counts.
        new NpgsqlDataSourceBuilder($"{Defaults};{connectionString}")
            .UseLoggerFactory(services.GetService<ILoggerFactory>())
            .Build();

    /// <summary>
    /// How many connections a server with so many cores has at most. PostgreSQL takes 100 unless it is told otherwise, a few of them for
    /// superusers alone, and two or three of the server's stand beside the pool: one more would be refused, where it could wait.
    /// </summary>
    internal static int PoolSize(int cores) => Math.Min(32 * cores, 90);

    /// <summary>One connection beside all others. It is silent: who asks tells what came of it.</summary>
    internal static NpgsqlDataSource CreateForProbe(string connectionString) =>
        NpgsqlDataSource.Create($"{Defaults};{connectionString};{ForProbe}");

    /// <summary>Connections for listening, one at a time.</summary>
    internal static NpgsqlDataSource CreateForChanges(string connectionString) =>
        NpgsqlDataSource.Create($"{Defaults};{connectionString};{ForChanges}");

    /// <summary>One connection for the buckets that servers share. It is silent, as the probe's is.</summary>
    internal static NpgsqlDataSource CreateForLimits(string connectionString) =>
        NpgsqlDataSource.Create($"{Defaults};{connectionString};{ForLimits}");
}
