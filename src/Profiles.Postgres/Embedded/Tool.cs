using System.ComponentModel;
using System.Diagnostics;

namespace Profiles.Postgres.Embedded;

/// <summary>What a program that ran to its end has left.</summary>
/// <param name="ExitCode">0 when it succeeded.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Errors">Its standard error.</param>
internal readonly record struct ToolResult(int ExitCode, string Output, string Errors);

/// <summary>Starts the programs of PostgreSQL and of the system.</summary>
internal static class Tool
{
    // What PostgreSQL may see of this process's environment: no secret of the server, no PGDATA or PGPORT of the user.
    private static readonly string[] PassedOn = ["PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "TMPDIR"];

    /// <summary>Runs a program to its end.</summary>
    /// <param name="program">A path, or a name to be found in PATH.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="user">The operating system's user to run it as; null for this process's own.</param>
    /// <param name="cancellationToken">Kills the program.</param>
    /// <exception cref="EmbeddedPostgresException">It could not be started.</exception>
    public static async Task<ToolResult> RunAsync(
        string program, IEnumerable<string> arguments, string? user, CancellationToken cancellationToken)
    {
        using var process = Start(program, arguments, user);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return new ToolResult(process.ExitCode, await output, await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <summary>Runs a program that has to succeed.</summary>
    /// <exception cref="EmbeddedPostgresException">It failed; the message ends with its own words.</exception>
    public static async Task RequireAsync(
        string program, IEnumerable<string> arguments, string? user, CancellationToken cancellationToken)
    {
        var result = await RunAsync(program, arguments, user, cancellationToken);
        if (result.ExitCode != 0)
            throw new EmbeddedPostgresException($"'{program}' failed (exit code {result.ExitCode}): {result.Errors.Trim()}");
    }

    /// <summary>Starts a program whose input is empty and whose output has to be read.</summary>
    /// <exception cref="EmbeddedPostgresException">It could not be started.</exception>
    public static Process Start(string program, IEnumerable<string> arguments, string? user)
    {
        try
        {
            var process = Process.Start(Describe(program, arguments, user))!;
            process.StandardInput.Close();
            return process;
        }
        catch (Win32Exception failure)
        {
            var asUser = user is null ? "" : $" as user '{user}'";
            throw new EmbeddedPostgresException($"'{program}' could not be started{asUser}: {failure.Message}", failure);
        }
    }

    private static ProcessStartInfo Describe(string program, IEnumerable<string> arguments, string? user)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // The current folder may be one that the other user cannot enter.
            WorkingDirectory = "/",
        };
        start.Environment.Clear();
        foreach (var name in PassedOn)
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
                start.Environment[name] = value;
        }
        start.Environment["LC_ALL"] = "C";
        if (user is not null)
            start.UserName = user;
        return start;
    }
}
