using Npgsql;

namespace Profiles.Postgres.Connections;

/// <summary>Reads what a batch answers.</summary>
internal static class Batches
{
    /// <summary>Reads to the end: COMMIT comes last, and may still fail. Answers how many rows were changed.</summary>
    public static async Task<int> ReadToEndAsync(NpgsqlDataReader reader)
    {
        while (await reader.NextResultAsync())
        {
            // Nothing of interest.
        }

        return reader.RecordsAffected;
    }
}
