namespace Profiles.Server.Tokens.Keys;

/// <summary>Keys at an address of the settings.</summary>
/// <param name="address">The address of the JWK Set.</param>
/// <param name="client">Asks for it.</param>
internal sealed class KeyAddress(Uri address, IssuerClient client) : IKeySource
{
    /// <inheritdoc/>
    public KeySchedule Schedule => KeySchedule.Remote;

    /// <inheritdoc/>
    public Task<byte[]> ReadAsync(CancellationToken cancellationToken) => client.GetAsync(address, cancellationToken);
}
