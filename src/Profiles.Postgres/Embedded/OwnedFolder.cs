using System.Runtime.Versioning;

namespace Profiles.Postgres.Embedded;

/// <summary>Makes the folders that the database's user works in.</summary>
[UnsupportedOSPlatform("windows")]
internal static class OwnedFolder
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode PassThrough = Private | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Makes a folder of the database's user, whatever the umask; its parent has to be this process's own.</summary>
    public static async Task CreateAsync(
        string folder, UnixFileMode mode, DatabaseUser user, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder, mode);
        File.SetUnixFileMode(folder, mode);
        await user.OwnAsync(folder, cancellationToken);
    }

    /// <summary>Makes the folder of PostgreSQL's log files.</summary>
    public static Task CreateLogsAsync(DataFolder data, DatabaseUser user, CancellationToken cancellationToken) =>
        CreateAsync(data.Logs, Private, user, cancellationToken);

    /// <summary>
    /// Makes the data folder, which stays this process's own: another user that the database runs as can pass through it and no
    /// more.
    /// </summary>
    /// <exception cref="EmbeddedPostgresException">It cannot be made, or the database's user could not reach it.</exception>
    public static async Task PrepareRootAsync(DataFolder data, DatabaseUser user, CancellationToken cancellationToken)
    {
        if (await user.FirstUnreachableAsync(data.ExistingParents(), cancellationToken) is { } closed)
            throw Unreachable(data, user, closed);
        try
        {
            var missing = data.MissingParents();
            Directory.CreateDirectory(data.Root);
            File.SetUnixFileMode(data.Root, user.Name is null ? Private : PassThrough);
            if (user.Name is not null)
                missing.ForEach(parent => File.SetUnixFileMode(parent, PassThrough));
        }
        catch (Exception failure) when (failure is UnauthorizedAccessException or IOException)
        {
            throw NotOurs(data, failure);
        }
    }

    /// <summary>The sentence for a data folder that this process's user may not use.</summary>
    public static EmbeddedPostgresException NotOurs(DataFolder data, Exception failure) => new(
        $"The data folder '{data.Root}' cannot be used by user '{Environment.UserName}': {failure.Message} "
        + "Run as the user that it belongs to, or choose another folder with PROFILES_DATA.",
        failure);

    private static EmbeddedPostgresException Unreachable(DataFolder data, DatabaseUser user, string closed) => new(
        $"PostgreSQL runs as user '{user.Name}' because it refuses to run as root, and that user cannot enter '{closed}', "
        + $"above the data folder '{data.Root}'. Choose a data folder elsewhere with PROFILES_DATA (such as /var/lib/profiles), "
        + $"let others pass through (chmod a+x '{closed}'), or start the server as another user than root.");
}
