namespace Profiles.Core.Storage;

/// <summary>Asks the database whether it can serve, at next to no cost and beside all other work on it.</summary>
public interface IDatabaseProbe
{
    /// <summary>
    /// Whether the schema is as new as this program, or newer. One round trip; any exception means that the database cannot be
    /// reached.
    /// </summary>
    Task<bool> HasSchemaAsync(CancellationToken cancellationToken);
}
