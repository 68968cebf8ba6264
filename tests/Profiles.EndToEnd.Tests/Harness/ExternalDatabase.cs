using Npgsql;

namespace Profiles.EndToEnd.Tests.Harness;

/// <summary>Databases beside that of the shared server, in its PostgreSQL: external ones to another server.</summary>
internal static class ExternalDatabase
{
    /// <summary>Makes an empty database and returns its connection string.</summary>
    public static Task<string> CreateAsync(string name) => CreateAsync(name, SharedServer.Data);

    /// <summary>The same in the PostgreSQL of another server that runs on <paramref name="data"/>.</summary>
    public static async Task<string> CreateAsync(string name, DataFolder data)
    {
        await using var connection = new NpgsqlConnection(await ConnectAsync("profiles", data));
        await connection.OpenAsync();
        await using var create = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
        await create.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(await ConnectAsync(name, data)) { Pooling = true }.ConnectionString;
    }

    /// <summary>The connection string of a database, without a pool.</summary>
    public static async Task<string> ConnectAsync(string name, DataFolder data)
    {
        var folder = Path.Combine(data.Path, "postgres");
        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = SocketFolder(folder),
            Username = "profiles",
            Password = await File.ReadAllTextAsync(Path.Combine(folder, "password")),
            Database = name,
            Pooling = false,
        };
        return builder.ConnectionString;
    }

    /// <summary>Changes the database of the server that runs on <paramref name="data"/> behind its back.</summary>
    public static async Task ExecuteAsync(DataFolder data, string sql, params object[] parameters)
    {
        await using var connection = new NpgsqlConnection(await ConnectAsync("profiles", data));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var parameter in parameters)
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        await command.ExecuteNonQueryAsync();
    }

    private static string SocketFolder(string folder)
    {
        var elsewhere = Path.Combine(folder, "socket-folder");
        return File.Exists(elsewhere) ? File.ReadAllText(elsewhere) : Path.Combine(folder, "run");
    }
}
