using Profiles.Core.Credentials.ApiKeys;

namespace Profiles.Server.Access.Authentication;

/// <summary>
/// Where the clients of a route send their credentials, beside <c>Authorization</c>. A route of another system's clients has its
/// own in its metadata; all others have <see cref="Native"/>.
/// </summary>
/// <param name="ApiKey">The names of headers that can hold an API key.</param>
/// <param name="AppKey">The names of headers that can name a signed application.</param>
/// <param name="Nonce">Those of a signature's nonce.</param>
/// <param name="Timestamp">Those of its timestamp.</param>
/// <param name="Signature">Those of the signature itself.</param>
internal sealed record CredentialHeaders(
    IReadOnlyList<string> ApiKey,
    IReadOnlyList<string> AppKey,
    IReadOnlyList<string> Nonce,
    IReadOnlyList<string> Timestamp,
    IReadOnlyList<string> Signature)
{
    /// <summary>The names of headers that name the organization.</summary>
    public IReadOnlyList<string> Organization { get; init; } = [OrganizationGate.HeaderName];

    /// <summary>Whether an API key is needed beside a token too: it names the app.</summary>
    public bool NeedsApiKey { get; init; }

    /// <summary>Our own.</summary>
    public static readonly CredentialHeaders Native = new(["x-api-key"], ["app-key"], ["nonce"], ["timestamp"], ["signature"]);

    /// <summary>Where the clients of an endpoint send them.</summary>
    public static CredentialHeaders Of(Endpoint? endpoint) => endpoint?.Metadata.GetMetadata<CredentialHeaders>() ?? Native;

    /// <summary>
    /// The credential of a request as it was sent, before it is looked at: the first that there is of a token, a key and a signature;
    /// and of a key the part that people may see.
    /// </summary>
    public (string? Credential, string? Prefix) FirstOf(IHeaderDictionary headers)
    {
        if (headers.Authorization.Count > 0)
            return (headers.Authorization.ToString(), null);
        if (TryRead(headers, ApiKey, out var key) && key is { Length: <= ApiKeyText.MaxLength })
            return (key, ApiKeyText.IsPossible(key) ? ApiKeyText.PrefixOf(key) : null);
        return (TryRead(headers, Signature, out var signature) ? signature : null, null);
    }

    /// <summary>
    /// Reads the one value that headers of these names have; an empty one counts as none. False when there are several.
    /// </summary>
    public static bool TryRead(IHeaderDictionary headers, IReadOnlyList<string> names, out string? value)
    {
        value = null;
        foreach (var name in names)
        {
            foreach (var text in headers[name])
            {
                if (string.IsNullOrEmpty(text))
                    continue;
                if (value is not null)
                    return false;
                value = text;
            }
        }

        return true;
    }
}
