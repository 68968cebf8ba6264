using System.Runtime.Versioning;

namespace Profiles.Postgres.Embedded;

/// <summary>
/// Decides which process owns the instance in a data folder: flock(2) on a file, which the operating system lets go of when
/// that process ends, however it ends.
/// </summary>
internal sealed class DataFolderLock : IDisposable
{
    // A command that looks whether the lock is held takes it for an instant.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly FileStream file;

    private DataFolderLock(FileStream file) => this.file = file;

    /// <summary>Takes the lock.</summary>
    /// <exception cref="EmbeddedPostgresException">Another process holds it.</exception>
    [UnsupportedOSPlatform("windows")]
    public static async Task<DataFolderLock> AcquireAsync(DataFolder data, TimeProvider time, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        do
        {
            if (TryOpen(data, FileMode.OpenOrCreate) is { } opened)
                return new DataFolderLock(opened);
            await Task.Delay(Pause, time, cancellationToken);
        }
        while (time.GetElapsedTime(started) < Patience);
        throw new EmbeddedPostgresException(
            $"The data folder '{data.Root}' is in use by another process of Profiles that is running now. "
            + "Stop that one, or give this one a folder of its own with PROFILES_DATA.");
    }

    /// <summary>Whether a process holds the lock at this moment.</summary>
    [UnsupportedOSPlatform("windows")]
    public static bool IsHeld(DataFolder data)
    {
        if (!File.Exists(data.Lock))
            return false;
        using var opened = TryOpen(data, FileMode.Open);
        return opened is null;
    }

    /// <summary>Lets go of the lock.</summary>
    public void Dispose() => file.Dispose();

    [UnsupportedOSPlatform("windows")]
    private static FileStream? TryOpen(DataFolder data, FileMode mode)
    {
        try
        {
            return new FileStream(data.Lock, new FileStreamOptions
            {
                Mode = mode,
                Access = FileAccess.ReadWrite,
                Share = FileShare.None,
                // Who could open it could lock the server out.
                UnixCreateMode = mode == FileMode.Open ? null : UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
        }
        catch (IOException) when (File.Exists(data.Lock))
        {
            return null;
        }
    }
}
