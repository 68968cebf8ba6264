using System.Globalization;

namespace Profiles.Postgres.Embedded;

/// <summary>One installation of PostgreSQL's programs.</summary>
/// <param name="Folder">The folder that holds them.</param>
/// <param name="Version">Its version as it names itself, such as <c>15.18</c>.</param>
/// <param name="Major">Its major version, such as 15.</param>
internal sealed record PostgresBinaries(string Folder, string Version, int Major)
{
    /// <summary>The oldest major version that serves.</summary>
    public const int OldestMajor = 15;

    /// <summary>The program that makes a cluster.</summary>
    public string Initdb => Path.Combine(Folder, "initdb");

    /// <summary>The database server.</summary>
    public string Postgres => Path.Combine(Folder, "postgres");

    /// <summary>Finds the programs to use among the preferred folder and the candidates, in this order.</summary>
    /// <param name="preferred">A folder that was named by a setting; null or empty for none.</param>
    /// <param name="clusterMajor">The major version that the data needs; null when there is no data yet.</param>
    /// <param name="candidates">Folders to look at, the best first.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="EmbeddedPostgresException">None serves; the message says what is missing and how to get it.</exception>
    public static async Task<PostgresBinaries> FindAsync(
        string? preferred, int? clusterMajor, IEnumerable<string> candidates, CancellationToken cancellationToken)
    {
        var found = new List<PostgresBinaries>();
        if (!string.IsNullOrEmpty(preferred))
            found.Add(await InspectAsync(Path.GetFullPath(preferred), cancellationToken) ?? throw NotPrograms(preferred));
        foreach (var folder in candidates)
        {
            if (found.Find(binaries => binaries.Serves(clusterMajor)) is { } serving)
                return serving;
            if (await InspectAsync(folder, cancellationToken) is { } binaries)
                found.Add(binaries);
        }
        return found.Find(binaries => binaries.Serves(clusterMajor)) ?? throw NoneServes(clusterMajor, found);
    }

    /// <summary>Reads what <c>postgres --version</c> says, such as <c>postgres (PostgreSQL) 15.18 (Debian 15.18-0)</c>.</summary>
    /// <returns>The version and its major part; null for anything else.</returns>
    public static (string Version, int Major)? ParseVersion(string text)
    {
        const string product = "(PostgreSQL) ";
        var start = text.IndexOf(product, StringComparison.Ordinal);
        if (start < 0)
            return null;
        var version = text[(start + product.Length)..].Split(' ', '\n')[0];
        var digits = version.AsSpan().IndexOfAnyExceptInRange('0', '9') is var end and >= 0 ? version[..end] : version;
        return int.TryParse(digits, CultureInfo.InvariantCulture, out var major) ? (version, major) : null;
    }

    private bool Serves(int? clusterMajor) => clusterMajor is null ? Major >= OldestMajor : Major == clusterMajor;

    private static async Task<PostgresBinaries?> InspectAsync(string folder, CancellationToken cancellationToken)
    {
        var postgres = Path.Combine(folder, "postgres");
        if (!File.Exists(postgres) || !File.Exists(Path.Combine(folder, "initdb")))
            return null;
        // A link on PATH leads to where the libraries and the share folder are.
        if (File.ResolveLinkTarget(postgres, returnFinalTarget: true)?.FullName is { } target)
            return await InspectAsync(Path.GetDirectoryName(target)!, cancellationToken);
        try
        {
            var answer = await Tool.RunAsync(postgres, ["--version"], user: null, cancellationToken);
            return ParseVersion(answer.Output) is var (version, major) ? new PostgresBinaries(folder, version, major) : null;
        }
        catch (EmbeddedPostgresException)
        {
            // Not a program of this machine: it is passed over.
            return null;
        }
    }

    private static EmbeddedPostgresException NotPrograms(string folder) => new(
        $"PROFILES_POSTGRES_BIN names '{folder}', where there are no working programs 'initdb' and 'postgres' of PostgreSQL. "
        + "Name the folder that holds both, or leave the setting out to have installed ones looked for.");

    private static EmbeddedPostgresException NoneServes(int? clusterMajor, List<PostgresBinaries> found)
    {
        var seen = found.Count == 0
            ? "none was found"
            : $"found: {string.Join(", ", found.Select(binaries => $"{binaries.Version} in '{binaries.Folder}'"))}";
        var missing = clusterMajor is null
            ? $"The server needs the programs of PostgreSQL {OldestMajor} or newer to run a database of its own; {seen}."
            : $"The data folder was made by PostgreSQL {clusterMajor}, which its data needs; {seen}.";
        var package = clusterMajor is null ? "postgresql" : $"postgresql-{clusterMajor}";
        return new EmbeddedPostgresException(
            $"{missing} Install them (Debian, Ubuntu: apt-get install {package}; "
            + $"macOS: brew install postgresql@{clusterMajor ?? 18}); "
            + "or have build/ensure-postgres.sh fetch them, and name the folder that it prints with PROFILES_POSTGRES_BIN; "
            + "or name a database of your own with ConnectionStrings__Profiles.");
    }
}
