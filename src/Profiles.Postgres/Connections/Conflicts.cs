using Profiles.Core.Errors;

namespace Profiles.Postgres.Connections;

/// <summary>Does again what met another change on the way: a deadlock, or a name that another one got first.</summary>
internal static class Conflicts
{
    // As for profiles: meeting other writes five times in a row means that something else is wrong.
    private const int MaxAttempts = 5;

    /// <summary>Runs a transaction, again while others are in its way.</summary>
    /// <param name="transaction">Carried out whole or not at all; its failures are those of <see cref="StorageErrors"/>.</param>
    /// <typeparam name="T">What it returns.</typeparam>
    public static async Task<T> RetryAsync<T>(Func<Task<T>> transaction)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await transaction();
            }
            catch (ProfilesException exception)
                when (exception.InnerException is { } cause && StorageErrors.IsConflict(cause) && attempt < MaxAttempts)
            {
                // Again.
            }
        }
    }
}
