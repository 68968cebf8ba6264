using System.Globalization;

namespace Profiles.Postgres.Embedded;

/// <summary>Where systems install PostgreSQL's programs. <c>build/ensure-postgres.sh</c> looks in the same places.</summary>
internal static class PostgresInstallations
{
    // Parent, what a version's folder in it is called, and where that has its programs.
    private static readonly (string Parent, string Pattern, string Programs)[] Versioned =
    [
        ("/usr/lib/postgresql", "*", "bin"), // Debian, Ubuntu
        ("/usr", "pgsql-*", "bin"), // PostgreSQL's own packages for Red Hat and its kin
        ("/usr/libexec", "postgresql*", ""), // Alpine
        ("/opt/homebrew/opt", "postgresql@*", "bin"), // macOS, arm64
        ("/usr/local/opt", "postgresql@*", "bin"), // macOS, x64
        ("/Applications/Postgres.app/Contents/Versions", "*", "bin"),
    ];

    /// <summary>The folders of PATH, then the usual ones that exist, newer versions first.</summary>
    /// <param name="path">The value of PATH.</param>
    public static IEnumerable<string> Candidates(string? path)
    {
        var onPath = (path ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Where(Path.IsPathRooted);
        var installed = Versioned.SelectMany(place => Folders(place.Parent, place.Pattern, place.Programs));
        return onPath.Concat(installed.OrderByDescending(Major)).Append("/usr/local/pgsql/bin");
    }

    /// <summary>The last number in a path that has one, such as 15 in <c>/usr/pgsql-15/bin</c>; otherwise 0.</summary>
    internal static int Major(string folder)
    {
        var end = folder.AsSpan().LastIndexOfAnyInRange('0', '9') + 1;
        var start = folder.AsSpan(0, end).LastIndexOfAnyExceptInRange('0', '9') + 1;
        return int.TryParse(folder.AsSpan(start, end - start), NumberStyles.None, CultureInfo.InvariantCulture, out var major)
            ? major
            : 0;
    }

    private static IEnumerable<string> Folders(string parent, string pattern, string programs) =>
        Directory.Exists(parent)
            ? Directory.EnumerateDirectories(parent, pattern).Select(version => Path.Combine(version, programs))
            : [];
}
