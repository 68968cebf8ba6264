using Microsoft.Extensions.Logging;

namespace Profiles.Postgres.Embedded;

/// <summary>
/// Makes sure that the database's user can run the programs: fetched ones may lie below a home folder that only root can enter.
/// </summary>
internal static class ReachableBinaries
{
    // PostgreSQL finds its libraries and its share folder relative to its programs.
    private static readonly string[] Parts = ["bin", "lib", "share"];

    /// <summary>The programs themselves, or a copy of them in the data folder, made once a version.</summary>
    /// <exception cref="EmbeddedPostgresException">They are out of reach and not laid out so that they can be copied.</exception>
    public static async Task<PostgresBinaries> ProvideAsync(
        PostgresBinaries binaries, DataFolder data, DatabaseUser user, ILogger logger, CancellationToken cancellationToken)
    {
        if (await user.FirstUnreachableAsync(Needed(binaries), cancellationToken) is not { } unreachable)
            return binaries;
        var source = Path.GetDirectoryName(binaries.Folder)!;
        var copy = Path.Combine(data.Binaries, binaries.Version);
        if (!Directory.Exists(copy))
        {
            if (!Array.TrueForAll(Parts, part => Directory.Exists(Path.Combine(source, part))))
                throw OutOfReach(binaries, user, unreachable);
            logger.CopyingBinaries(binaries.Version, source, copy, user.Name);
            await CopyAsync(source, copy, cancellationToken);
        }
        return binaries with { Folder = Path.Combine(copy, "bin") };
    }

    private static IEnumerable<string> Needed(PostgresBinaries binaries)
    {
        var inside = new DataFolder(binaries.Folder);
        return [.. inside.ExistingParents(), inside.Root, binaries.Postgres, binaries.Initdb];
    }

    private static async Task CopyAsync(string source, string copy, CancellationToken cancellationToken)
    {
        var unfinished = copy + ".unfinished";
        await Tool.RequireAsync("rm", ["-rf", unfinished], user: null, cancellationToken);
        Directory.CreateDirectory(unfinished);
        var parts = Parts.Select(part => Path.Combine(source, part));
        await Tool.RequireAsync("cp", ["-RP", .. parts, unfinished], user: null, cancellationToken);
        var copies = Parts.Select(part => Path.Combine(unfinished, part));
        await Tool.RequireAsync("chmod", ["-R", "go+rX", Path.GetDirectoryName(copy)!, .. copies], user: null, cancellationToken);
        Directory.Move(unfinished, copy);
    }

    private static EmbeddedPostgresException OutOfReach(PostgresBinaries binaries, DatabaseUser user, string unreachable) => new(
        $"PostgreSQL runs as user '{user.Name}' because it refuses to run as root, and that user cannot reach '{unreachable}', "
        + $"which it needs to run the programs in '{binaries.Folder}'. Make it accessible (chmod a+x), or install PostgreSQL.");
}
