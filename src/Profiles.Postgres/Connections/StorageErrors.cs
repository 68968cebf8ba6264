using System.Net.Sockets;
using Npgsql;
using Profiles.Core.Errors;

namespace Profiles.Postgres.Connections;

/// <summary>Tells failures of the database that pass from failures that are our own mistakes.</summary>
internal static class StorageErrors
{
    /// <summary>
    /// Runs an operation; a failure that may pass becomes <see cref="ErrorReason.StorageUnavailable"/>, any other one stays
    /// as it is.
    /// </summary>
    public static async Task<T> TranslateAsync<T>(Func<Task<T>> operation)
    {
        try
        {
            return await operation();
        }
        catch (Exception exception) when (MayPass(exception))
        {
            throw new ProfilesException(
                ErrorReason.StorageUnavailable, "The database cannot be reached at the moment. Try again.", exception);
        }
    }

    /// <summary>Whether the same statements, sent again at once, can be expected to succeed.</summary>
    public static bool IsConflict(Exception exception) =>
        exception is PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure }
            // Another claim of a name was faster.
            or PostgresException { SqlState: PostgresErrorCodes.UniqueViolation, TableName: "usernames" };

    /// <summary>Whether it is one call of a batch that failed, so that the others can succeed without it.</summary>
    public static bool IsOfOneCall(Exception exception) =>
        exception is not ProfilesException { Reason: ErrorReason.StorageUnavailable } failure
        || (failure.InnerException is { } cause && IsConflict(cause));

    private static bool MayPass(Exception exception) =>
        exception switch
        {
            // Class 57: shut down, crashed, starting, out of time. Class 53: out of connections, disk or memory. Class 08:
            // connection. 25006: a standby that has not taken over yet.
            PostgresException postgres =>
                postgres.IsTransient
                || postgres.SqlState.StartsWith("57", StringComparison.Ordinal)
                || postgres.SqlState == PostgresErrorCodes.ReadOnlySqlTransaction
                || IsConflict(postgres),
            // Everything else that Npgsql throws is about the connection or its time limits.
            NpgsqlException or SocketException or TimeoutException or IOException => true,
            _ => false,
        };
}
