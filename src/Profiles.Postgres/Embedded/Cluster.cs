using System.Runtime.Versioning;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Profiles.Postgres.Embedded;

/// <summary>Makes the database cluster and knows how to connect to it.</summary>
[UnsupportedOSPlatform("windows")]
internal static class Cluster
{
    /// <summary>The role that owns everything, and the database.</summary>
    private const string Name = "profiles";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Readable = OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    // No host line: a connection over a network is refused even if someone opens a port.
    private const string HostRules = "local all all scram-sha-256\n";

    /// <summary>
    /// Makes the cluster when there is none: beside its place, moved there when complete, so that an interrupted start leaves
    /// nothing half made behind.
    /// </summary>
    public static async Task EnsureAsync(
        PostgresBinaries binaries, DataFolder data, DatabaseUser user, ILogger logger, CancellationToken cancellationToken)
    {
        await WriteAsync(data.HostRules, HostRules, Readable, cancellationToken);
        if (Directory.Exists(data.Cluster))
            return;
        logger.CreatingCluster(data.Cluster, binaries.Version);
        await Tool.RequireAsync("rm", ["-rf", data.UnfinishedCluster], user: null, cancellationToken);
        await OwnedFolder.CreateAsync(data.UnfinishedCluster, OwnerOnly | UnixFileMode.UserExecute, user, cancellationToken);
        await InitializeAsync(binaries, data, user, cancellationToken);
        Directory.Move(data.UnfinishedCluster, data.Cluster);
    }

    /// <summary>The connection string of the instance whose socket lies in a folder.</summary>
    /// <exception cref="EmbeddedPostgresException">The password is missing.</exception>
    public static string ConnectionString(DataFolder data, string socketFolder) => new NpgsqlConnectionStringBuilder
    {
        Host = socketFolder,
        Username = Name,
        Password = ReadPassword(data),
        Database = Name,
        SslMode = SslMode.Disable,
        GssEncryptionMode = GssEncryptionMode.Disable,
    }.ConnectionString;

    /// <summary>Makes the database when there is none.</summary>
    public static async Task EnsureDatabaseAsync(string connectionString, CancellationToken cancellationToken)
    {
        var maintenance = new NpgsqlConnectionStringBuilder(connectionString) { Database = "postgres", Pooling = false };
        await using var connection = new NpgsqlConnection(maintenance.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var exists = new NpgsqlCommand($"SELECT 1 FROM pg_database WHERE datname = '{Name}'", connection);
        if (await exists.ExecuteScalarAsync(cancellationToken) is not null)
            return;
        await using var create = new NpgsqlCommand($"CREATE DATABASE {Name}", connection);
        await create.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task InitializeAsync(
        PostgresBinaries binaries, DataFolder data, DatabaseUser user, CancellationToken cancellationToken)
    {
        var password = RandomNumberGenerator.GetHexString(64, lowercase: true);
        await WriteAsync(data.Password, password, OwnerOnly, cancellationToken);
        await WriteAsync(data.InitialPassword, password, OwnerOnly, cancellationToken);
        await user.OwnAsync(data.InitialPassword, cancellationToken);
        string[] arguments =
        [
            "--pgdata", data.UnfinishedCluster,
            "--username", Name,
            "--pwfile", data.InitialPassword,
            "--auth", "scram-sha-256",
            "--encoding", "UTF8",
            // Sorted by byte: the same on every machine, and no update of the system's locales can spoil an index.
            "--locale", "C",
            "--data-checksums",
            "--no-instructions",
        ];
        await Tool.RequireAsync(binaries.Initdb, arguments, user.Name, cancellationToken);
        File.Delete(data.InitialPassword);
    }

    private static string ReadPassword(DataFolder data)
    {
        if (File.Exists(data.Password))
            return File.ReadAllText(data.Password);
        throw new EmbeddedPostgresException(
            $"The file '{data.Password}', which holds the password of the database beside it, is missing. "
            + "Restore it from a backup of the data folder, or choose another folder with PROFILES_DATA.");
    }

    // A new file each time: the mode and the owner of an old one would stay.
    private static async Task WriteAsync(string path, string text, UnixFileMode mode, CancellationToken cancellationToken)
    {
        File.Delete(path);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = mode };
        await using (var writer = new StreamWriter(path, options))
        {
            await writer.WriteAsync(text.AsMemory(), cancellationToken);
            await writer.FlushAsync(cancellationToken);
            ((FileStream)writer.BaseStream).Flush(flushToDisk: true);
        }
        File.SetUnixFileMode(path, mode);
    }
}
