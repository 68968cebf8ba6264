using System.Runtime.Versioning;
using Npgsql;

namespace Profiles.Postgres.Embedded;

/// <summary>Finds a database that another process keeps running.</summary>
[UnsupportedOSPlatform("windows")]
internal static class Attachment
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <inheritdoc cref="EmbeddedPostgres.TryAttachAsync"/>
    public static async Task<string?> TryAttachAsync(DataFolder data, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            for (var started = time.GetTimestamp(); time.GetElapsedTime(started) < Patience;)
            {
                // Asked before the connection is tried: a lock that is let go of in between leaves nothing to wait for.
                var held = DataFolderLock.IsHeld(data);
                if (await RunningAsync(data, cancellationToken) is { } connectionString)
                    return connectionString;
                if (!held)
                    return null;
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
        catch (UnauthorizedAccessException failure)
        {
            throw OwnedFolder.NotOurs(data, failure);
        }
        throw new EmbeddedPostgresException(
            $"A process of Profiles owns the data folder '{data.Root}', but its database did not answer within {Patience}.");
    }

    private static async Task<string?> RunningAsync(DataFolder data, CancellationToken cancellationToken)
    {
        if (PostmasterFile.Read(data) is not { IsReady: true } file)
            return null;
        var connectionString = Cluster.ConnectionString(data, file.SocketFolder);
        return await AnswersAsync(connectionString, data, cancellationToken) ? connectionString : null;
    }

    // SCRAM proves to both sides that the other knows the password; the folder shows that it is no copy of this one.
    private static async Task<bool> AnswersAsync(string connectionString, DataFolder data, CancellationToken cancellationToken)
    {
        var single = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, Timeout = 5 };
        try
        {
            await using var connection = new NpgsqlConnection(single.ConnectionString);
            await connection.OpenAsync(cancellationToken);
            await using var command = new NpgsqlCommand("SHOW data_directory", connection);
            return await command.ExecuteScalarAsync(cancellationToken) is string folder && folder == data.Cluster;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }
}
