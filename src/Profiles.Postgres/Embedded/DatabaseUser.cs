namespace Profiles.Postgres.Embedded;

/// <summary>
/// The operating system's user that PostgreSQL runs as: this process's own, or, as PostgreSQL refuses to run as root, another
/// one when this process is root.
/// </summary>
internal sealed class DatabaseUser
{
    private static readonly string[] Choices = ["postgres", "nobody"];

    private DatabaseUser(string? name) => Name = name;

    /// <summary>The user to change to; null for this process's own.</summary>
    public string? Name { get; }

    /// <summary>As whom to run; an existing cluster stays with its owner.</summary>
    /// <exception cref="EmbeddedPostgresException">This process is root and there is no user to change to.</exception>
    public static async Task<DatabaseUser> ChooseAsync(DataFolder data, CancellationToken cancellationToken)
    {
        if (!Environment.IsPrivilegedProcess)
            return new DatabaseUser(null);
        if (await OwnerAsync(data.Cluster, cancellationToken) is { } owner and not "root")
            return new DatabaseUser(owner);
        foreach (var name in Choices)
        {
            var known = await Tool.RunAsync("id", ["-u", name], user: null, cancellationToken);
            if (known.ExitCode == 0)
                return new DatabaseUser(name);
        }
        throw new EmbeddedPostgresException(
            "PostgreSQL does not run as root, and this machine has neither a user 'postgres' nor 'nobody' to run it as. "
            + "Start the server as another user than root, or name a database of your own with ConnectionStrings__Profiles.");
    }

    /// <summary>Makes the user own a file or an (empty) folder that this process has just made.</summary>
    public async Task OwnAsync(string path, CancellationToken cancellationToken)
    {
        if (Name is not null)
            await Tool.RequireAsync("chown", [Name, path], user: null, cancellationToken);
    }

    /// <summary>The first of these folders and programs that the user may not enter or execute; null for none.</summary>
    public async Task<string?> FirstUnreachableAsync(IEnumerable<string> paths, CancellationToken cancellationToken)
    {
        const string probe = "for path; do test -x \"$path\" || { printf %s \"$path\"; exit 1; }; done";
        if (Name is null)
            return null;
        var result = await Tool.RunAsync("/bin/sh", ["-c", probe, "sh", .. paths], Name, cancellationToken);
        return result.ExitCode == 0 ? null : result.Output;
    }

    // The third column of `ls -ld` is the owner on every system (POSIX), which stat(1)'s options are not.
    private static async Task<string?> OwnerAsync(string folder, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder))
            return null;
        var result = await Tool.RunAsync("ls", ["-ld", folder], user: null, cancellationToken);
        var columns = result.Output.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return columns.Length > 2 ? columns[2] : null;
    }
}
