using System.Globalization;

namespace Profiles.Postgres.Embedded;

/// <summary>
/// How much of its data the database keeps in its own memory: a quarter of what this machine or container may use, as PostgreSQL's manual
/// advises. Its default of 128 MB is the least: it makes a million profiles come from files. Ten million fit into the most. Memory is
/// taken when data fill it, but for one percent that administers it.
/// </summary>
internal static class SharedBuffers
{
    private const long Least = 128;
    private const long Most = 4096;

    /// <summary>The setting, such as <c>1024MB</c>.</summary>
    /// <param name="available">The bytes of memory that the machine or container has.</param>
    public static string Of(long available) =>
        string.Create(CultureInfo.InvariantCulture, $"{Math.Clamp(available / 4 / 1024 / 1024, Least, Most)}MB");
}
