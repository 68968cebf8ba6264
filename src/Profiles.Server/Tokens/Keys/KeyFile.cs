namespace Profiles.Server.Tokens.Keys;

/// <summary>
/// Keys in a local file. It is read whole each time: times and watchers miss what happens on network drives, and behind the
/// symbolic links by which volumes of secrets are exchanged.
/// </summary>
/// <param name="path">The file.</param>
internal sealed class KeyFile(string path) : IKeySource
{
    /// <inheritdoc/>
    public KeySchedule Schedule => KeySchedule.Local;

    /// <inheritdoc/>
    public Task<byte[]> ReadAsync(CancellationToken cancellationToken) =>
        Task.FromResult(SmallFile.Read(path, JsonWebKeySet.MaxBytes));
}
