namespace Profiles.Core.Storage;

/// <summary>Tells whether the store can be used.</summary>
public interface IStorageProbe
{
    /// <summary>Whether the store answers, in a form that this program knows.</summary>
    /// <param name="cancellationToken">Ends the question; the answer is then no.</param>
    Task<bool> IsUsableAsync(CancellationToken cancellationToken);
}
