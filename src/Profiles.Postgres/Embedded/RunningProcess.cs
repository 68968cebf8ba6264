namespace Profiles.Postgres.Embedded;

/// <summary>Looks at processes that are not this one's children.</summary>
internal static class RunningProcess
{
    /// <summary>A running process's program and arguments, separated by spaces.</summary>
    /// <returns>Null when there is no such process; empty for one that has ended and was not waited for.</returns>
    public static Task<string?> ArgumentsAsync(int processId, CancellationToken cancellationToken) =>
        OperatingSystem.IsLinux() ? FromProcAsync(processId, cancellationToken) : FromPsAsync(processId, cancellationToken);

    private static async Task<string?> FromProcAsync(int processId, CancellationToken cancellationToken)
    {
        try
        {
            var arguments = await File.ReadAllTextAsync($"/proc/{processId}/cmdline", cancellationToken);
            return arguments.Replace('\0', ' ');
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static async Task<string?> FromPsAsync(int processId, CancellationToken cancellationToken)
    {
        var result = await Tool.RunAsync("ps", ["-ww", "-o", "args=", "-p", $"{processId}"], user: null, cancellationToken);
        return result.ExitCode == 0 ? result.Output : null;
    }
}
