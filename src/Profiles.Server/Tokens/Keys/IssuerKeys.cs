namespace Profiles.Server.Tokens.Keys;

/// <summary>The keys that an issuer signs with, as they are known here. Safe to use from many threads.</summary>
internal abstract class IssuerKeys
{
    /// <summary>The keys; null as long as they could not be read. A set whose content changes becomes another set.</summary>
    public abstract JsonWebKeySet? Current { get; }

    /// <summary>
    /// For a token whose key is not there: makes sure that the keys are the issuer's latest, as far as its limits allow. Completes
    /// at once unless the keys are read anew.
    /// </summary>
    /// <returns>Whether they are; false when that cannot be told, because the issuer cannot be asked.</returns>
    public abstract ValueTask<bool> RefreshAsync();
}

/// <summary>Keys that stay as they are.</summary>
/// <param name="keys">The keys.</param>
internal sealed class FixedKeys(JsonWebKeySet keys) : IssuerKeys
{
    /// <inheritdoc/>
    public override JsonWebKeySet Current => keys;

    /// <inheritdoc/>
    public override ValueTask<bool> RefreshAsync() => new(true);
}
