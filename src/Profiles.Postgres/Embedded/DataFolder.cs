using System.Globalization;

namespace Profiles.Postgres.Embedded;

/// <summary>
/// The paths in the data folder. The folder itself belongs to the server's user and only the folders named here to the
/// database's: a server that runs as root never writes where another user could have laid a symbolic link.
/// </summary>
internal sealed class DataFolder(string path)
{
    /// <summary>The folder as a full path without a closing slash.</summary>
    public string Root { get; } = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));

    /// <summary>The database cluster (PGDATA); there only when complete.</summary>
    public string Cluster => Path.Combine(Root, "cluster");

    /// <summary>The cluster while initdb makes it.</summary>
    public string UnfinishedCluster => Path.Combine(Root, "cluster.unfinished");

    /// <summary>The database's password, readable by the server's user alone.</summary>
    public string Password => Path.Combine(Root, "password");

    /// <summary>The copy of the password that initdb reads.</summary>
    public string InitialPassword => Path.Combine(Root, "password.initdb");

    /// <summary>Held by the process that owns the instance.</summary>
    public string Lock => Path.Combine(Root, "lock");

    /// <summary>pg_hba.conf: who may connect how.</summary>
    public string HostRules => Path.Combine(Root, "pg_hba.conf");

    /// <summary>The socket's folder where its path is short enough.</summary>
    public string Sockets => Path.Combine(Root, "run");

    /// <summary>Names the socket's folder where it lies elsewhere.</summary>
    public string SocketsRecord => Path.Combine(Root, "socket-folder");

    /// <summary>PostgreSQL's own log files.</summary>
    public string Logs => Path.Combine(Root, "log");

    /// <summary>Copies of programs that the database's user could not reach where they lie.</summary>
    public string Binaries => Path.Combine(Root, "binaries");

    /// <summary>The major version that made the cluster; null when there is none yet.</summary>
    /// <exception cref="EmbeddedPostgresException">There is a cluster without a version.</exception>
    public int? ClusterMajor()
    {
        if (!Directory.Exists(Cluster))
            return null;
        var file = Path.Combine(Cluster, "PG_VERSION");
        if (File.Exists(file) && int.TryParse(File.ReadAllText(file).Trim(), CultureInfo.InvariantCulture, out var major))
            return major;
        throw new EmbeddedPostgresException(
            $"'{Cluster}' is not a database cluster of PostgreSQL: its file PG_VERSION is missing or unreadable. "
            + "Restore the folder from a backup, or choose another data folder with PROFILES_DATA.");
    }

    /// <summary>The folders above <see cref="Root"/> that exist, the topmost first.</summary>
    public List<string> ExistingParents() => Parents().FindAll(Directory.Exists);

    /// <summary>The folders above <see cref="Root"/> that do not exist, the topmost first.</summary>
    public List<string> MissingParents() => Parents().FindAll(parent => !Directory.Exists(parent));

    private List<string> Parents()
    {
        var parents = new List<string>();
        for (var parent = Path.GetDirectoryName(Root); parent is not null; parent = Path.GetDirectoryName(parent))
            parents.Insert(0, parent);
        return parents;
    }
}
