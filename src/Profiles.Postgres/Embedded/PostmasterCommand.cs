namespace Profiles.Postgres.Embedded;

/// <summary>The command line of the database server. What stands there can be undone by no configuration file.</summary>
internal static class PostmasterCommand
{
    // Beside the server's pool, of 90 at most, there has to be room for a command, and for other tools.
    private const string MaxConnections = "128";

    // Frees the database from the terminal: Ctrl-C is the server's, which stops the database when its requests are done.
    // Absent on macOS, where the database ends with the requests and is started anew for those that still run.
    private static readonly string? NewSession = Array.Find(["/usr/bin/setsid", "/bin/setsid"], File.Exists);

    /// <summary>The program to run and its arguments.</summary>
    public static (string Program, string[] Arguments) For(PostgresBinaries binaries, DataFolder data, string socketFolder)
    {
        string[] arguments = ["-D", data.Cluster, .. Settings(data, socketFolder).SelectMany(Setting)];
        return NewSession is null ? (binaries.Postgres, arguments) : (NewSession, [binaries.Postgres, .. arguments]);
    }

    /// <summary>The part of the command line that tells this cluster's postmaster from every other process.</summary>
    public static string ClusterArguments(DataFolder data) => $" -D {data.Cluster} -c ";

    private static IEnumerable<string> Setting((string Name, string Value) setting) => ["-c", $"{setting.Name}={setting.Value}"];

    private static (string Name, string Value)[] Settings(DataFolder data, string socketFolder) =>
    [
        ("listen_addresses", ""),
        ("port", "5432"), // part of the socket's name; no port is opened
        ("unix_socket_directories", socketFolder),
        ("unix_socket_permissions", "0700"),
        ("hba_file", data.HostRules),
        ("max_connections", MaxConnections),
        ("shared_buffers", SharedBuffers.Of(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes)),
        ("fsync", "on"),
        ("full_page_writes", "on"),
        ("synchronous_commit", "on"),
        ("cluster_name", "profiles"),
        ("timezone", "UTC"),
        ("log_timezone", "UTC"),
        // A file for each day of the week, overwritten a week later.
        ("logging_collector", "on"),
        ("log_directory", data.Logs),
        ("log_filename", "postgresql-%a.log"),
        ("log_rotation_age", "1d"),
        ("log_rotation_size", "0"),
        ("log_truncate_on_rotation", "on"),
        // Statements hold personal data: a failed one is reported without its text.
        ("log_min_error_statement", "panic"),
        ("log_error_verbosity", "terse"),
    ];
}
