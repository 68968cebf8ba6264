using System.Runtime.InteropServices;

namespace Profiles.Postgres.Embedded;

/// <summary>What the postmaster does on a signal (PostgreSQL manual, "Shutting Down the Server"); values of POSIX.</summary>
internal enum Signal
{
    /// <summary>SIGINT, fast shutdown: sessions are ended, a checkpoint is written, the cluster is left clean.</summary>
    FastShutdown = 2,

    /// <summary>SIGQUIT, immediate shutdown: everything ends at once, the next start recovers.</summary>
    ImmediateShutdown = 3,

    /// <summary>SIGKILL.</summary>
    Kill = 9,
}

/// <summary>Sends signals: .NET itself can only kill.</summary>
internal static partial class Signals
{
    /// <summary>Sends a signal; that the process is gone already is no failure.</summary>
    public static void Send(int processId, Signal signal) => _ = Kill(processId, (int)signal);

    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int processId, int signal);
}
