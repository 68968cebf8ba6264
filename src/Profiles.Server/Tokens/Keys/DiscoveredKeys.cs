namespace Profiles.Server.Tokens.Keys;

/// <summary>
/// Keys at the address that the issuer's own description names (OpenID Connect Discovery 1.0, section 4). The description is read
/// anew each time, since the address may change with it.
/// </summary>
/// <param name="issuer">The issuer's name, which the description has to repeat (section 4.3): else it is somebody else's.</param>
/// <param name="address">The address of the description.</param>
/// <param name="client">Asks for both.</param>
internal sealed class DiscoveredKeys(string issuer, Uri address, IssuerClient client) : IKeySource
{
    /// <inheritdoc/>
    public KeySchedule Schedule => KeySchedule.Remote;

    /// <summary>Where an issuer describes itself unless told otherwise (section 4.1).</summary>
    public static string DefaultAddress(string issuer) => $"{issuer.TrimEnd('/')}/.well-known/openid-configuration";

    /// <inheritdoc/>
    public async Task<byte[]> ReadAsync(CancellationToken cancellationToken) =>
        await client.GetAsync(ReadKeysAddress(await client.GetAsync(address, cancellationToken)), cancellationToken);

    private Uri ReadKeysAddress(byte[] description)
    {
        var name = IssuerClient.NameOf(address);
        using var document = StrictJson.TryReadObject(description)
            ?? throw new InvalidDataException($"{name} is not a JSON object in UTF-8, without repeated members.");
        if (StrictJson.Text(document.RootElement, "issuer") != issuer)
            throw new InvalidDataException($"{name} is not the description of this issuer: its 'issuer' is another one.");
        if (IssuerAddress.TryParse(StrictJson.Text(document.RootElement, "jwks_uri")) is not { } keys)
            throw new InvalidDataException($"{name} has a 'jwks_uri' that {IssuerAddress.Rule}.");
        return keys.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp
            ? keys
            : throw new InvalidDataException($"{name} has a 'jwks_uri' without TLS.");
    }
}
