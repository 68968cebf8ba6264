using Npgsql;

namespace Profiles.EndToEnd.Tests.Harness;

/// <summary>Databases beside that of the shared server, in its PostgreSQL: external ones to another server.</summary>
internal static class ExternalDatabase
{
    /// <summary>Makes an empty database and returns its connection string.</summary>
    public static async Task<string> CreateAsync(string name)
    {
        var folder = Path.Combine(SharedServer.Data.Path, "postgres");
        var connectionString = new NpgsqlConnectionStringBuilder
        {
            Host = SocketFolder(folder),
            Username = "profiles",
            Password = await File.ReadAllTextAsync(Path.Combine(folder, "password")),
            Database = "profiles",
            Pooling = false,
        };
        await using var connection = new NpgsqlConnection(connectionString.ConnectionString);
        await connection.OpenAsync();
        await using var create = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
        await create.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(connectionString.ConnectionString) { Database = name, Pooling = true }.ConnectionString;
    }

    private static string SocketFolder(string folder)
    {
        var elsewhere = Path.Combine(folder, "socket-folder");
        return File.Exists(elsewhere) ? File.ReadAllText(elsewhere) : Path.Combine(folder, "run");
    }
}
