namespace Profiles.Postgres.Embedded;

/// <summary>Where the embedded PostgreSQL keeps its data, where its programs are and how long it is waited for.</summary>
public sealed record EmbeddedPostgresOptions
{
    private static readonly TimeSpan[] DefaultRestartDelays =
    [
        TimeSpan.Zero, TimeSpan.FromSeconds(0.1), TimeSpan.FromSeconds(0.2), TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1),
        TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5),
    ];

    /// <summary>
    /// The folder that belongs to the embedded PostgreSQL alone; made when absent. A relative path is taken from the current
    /// folder. Give it a folder of its own (below <c>PROFILES_DATA</c>), for its permissions are set.
    /// </summary>
    public required string DataFolder { get; init; }

    /// <summary>
    /// The folder that holds <c>initdb</c> and <c>postgres</c> (<c>PROFILES_POSTGRES_BIN</c>). Null or empty: installed ones are
    /// looked for. It comes before these, unless the data was made by another major version than its own.
    /// </summary>
    public string? BinariesFolder { get; init; }

    /// <summary>The longest wait for a start, crash recovery included. Two minutes unless told otherwise.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// The longest wait for a fast shutdown (it writes a checkpoint), after which the server is stopped immediately, to recover
    /// at its next start. 30 seconds unless told otherwise.
    /// </summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The wait before each attempt to restart after a crash; after the last one it is given up.</summary>
    internal IReadOnlyList<TimeSpan> RestartDelays { get; init; } = DefaultRestartDelays;
}
