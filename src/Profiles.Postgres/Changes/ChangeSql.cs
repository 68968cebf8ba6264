using Npgsql;
using Profiles.Core.Changes;
using Profiles.Postgres.Profiles;

namespace Profiles.Postgres.Changes;

/// <summary>The statements behind <see cref="ChangeFeed"/>.</summary>
internal static class ChangeSql
{
    private const string Channel = "profiles_changes";

    /// <summary>Begins to listen.</summary>
    public const string Listen = $"LISTEN {Channel}";

    /// <summary>The process that carries the statement out.</summary>
    public const string ReadProcess = "SELECT pg_backend_pid()";

    private const string Notify = $"SELECT pg_notify('{Channel}', $1)";

    /// <summary>
    /// Tells all instances of a change when the batch commits. A statement of its own, and one with a result: a row to skip.
    /// </summary>
    public static void AddNotice(this NpgsqlBatch batch, ChangeNotice notice) => batch.Add(Notify, Parameters.Text(notice.ToString()));
}
