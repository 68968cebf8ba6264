using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;

namespace Profiles.Postgres.Embedded;

/// <summary>
/// The folder of the Unix socket. Only the database's user and root can enter it, and whoever connects has to know the password
/// as well: <c>peer</c> authentication would refuse a server that runs as root while its database runs as another user.
/// </summary>
internal static class SocketFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const string SocketName = ".s.PGSQL.5432";

    // sun_path holds 108 bytes on Linux and 104 on macOS, a closing NUL included.
    private static readonly int LongestPath = OperatingSystem.IsMacOS() ? 103 : 107;

    /// <summary>
    /// Makes the folder: in the data folder when its path is short enough for a socket, else one of an unguessable name below
    /// /tmp, which is noted in the data folder.
    /// </summary>
    [UnsupportedOSPlatform("windows")]
    public static async Task<string> PrepareAsync(DataFolder data, DatabaseUser user, CancellationToken cancellationToken)
    {
        RemoveOutside(data);
        var folder = Serves(data.Sockets) ? data.Sockets : Elsewhere();
        if (folder != data.Sockets)
            await File.WriteAllTextAsync(data.SocketsRecord, folder, cancellationToken);
        await OwnedFolder.CreateAsync(folder, OwnerOnly, user, cancellationToken);
        return folder;
    }

    /// <summary>Removes the lock file beside the socket, whose process number may by now be another program's.</summary>
    public static void RemoveStaleLock(string folder) => File.Delete(Path.Combine(folder, SocketName + ".lock"));

    /// <summary>Removes the folder below /tmp, if there is one.</summary>
    public static void RemoveOutside(DataFolder data)
    {
        if (!File.Exists(data.SocketsRecord))
            return;
        var folder = File.ReadAllText(data.SocketsRecord);
        try
        {
            File.Delete(Path.Combine(folder, SocketName));
            RemoveStaleLock(folder);
            Directory.Delete(folder);
        }
        catch (IOException)
        {
            // A cleaner of /tmp was faster, or somebody has put a file there: neither is in the way of a new folder.
        }
        File.Delete(data.SocketsRecord);
    }

    /// <summary>Whether a socket fits in the folder and a connection string can name it (a comma separates hosts).</summary>
    internal static bool Serves(string folder) =>
        Encoding.UTF8.GetByteCount(folder) + 1 + SocketName.Length <= LongestPath
        && folder.AsSpan().IndexOfAny(",\"\\'@") < 0;

    private static string Elsewhere() => $"/tmp/profiles-{RandomNumberGenerator.GetHexString(32, lowercase: true)}";
}
