using System.Globalization;

namespace Profiles.Postgres.Embedded;

/// <summary>What a running server says of itself in <c>postmaster.pid</c>, one value a line (<c>pidfile.h</c>).</summary>
/// <param name="ProcessId">Line 1: the postmaster's process.</param>
/// <param name="SocketFolder">Line 5: the socket's folder; empty until it is made.</param>
/// <param name="IsReady">Line 8: whether it accepts connections.</param>
internal sealed record PostmasterFile(int ProcessId, string SocketFolder, bool IsReady)
{
    private const int SocketFolderLine = 4;
    private const int StatusLine = 7;

    /// <summary>The file's path.</summary>
    public static string PathIn(DataFolder data) => Path.Combine(data.Cluster, "postmaster.pid");

    /// <summary>Reads it.</summary>
    /// <returns>Null when there is none, or one that is being written just now.</returns>
    public static PostmasterFile? Read(DataFolder data)
    {
        try
        {
            return Parse(File.ReadAllText(PathIn(data)));
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Reads its text; null when that does not begin with a process.</summary>
    public static PostmasterFile? Parse(string text)
    {
        var lines = text.Split('\n');
        if (!int.TryParse(lines[0], NumberStyles.None, CultureInfo.InvariantCulture, out var processId) || processId <= 1)
            return null;
        var socketFolder = lines.Length > SocketFolderLine ? lines[SocketFolderLine] : "";
        var isReady = lines.Length > StatusLine && lines[StatusLine].TrimEnd() == "ready";
        return new PostmasterFile(processId, socketFolder, isReady);
    }
}
