using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Profiles.Server.Tokens.Keys;

/// <summary>
/// Asks an issuer over HTTP. Redirects are not followed, an answer is at most as large as a key set may be, and the server's
/// certificate must be good. One for each issuer, for as long as the server runs.
/// </summary>
internal sealed class IssuerClient
{
    private const int MaxHeadersKilobytes = 16;

    private readonly HttpClient http;

    private IssuerClient(HttpClient http) => this.http = http;

    /// <summary>Creates a client.</summary>
    /// <param name="usesProxy">Whether to go through the proxy that the environment names.</param>
    /// <param name="authorities">The certificate authorities to trust; null for those of the system.</param>
    public static IssuerClient Create(bool usesProxy, X509Certificate2Collection? authorities)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = usesProxy,
            MaxResponseHeadersLength = MaxHeadersKilobytes,
            // Which request of ours made the server ask is nothing to the issuer.
            ActivityHeadersPropagator = null,
        };
        if (authorities is not null)
            handler.SslOptions.CertificateChainPolicy = Trust(authorities);
        // How long it may take is up to who asks.
        var client = new HttpClient(handler) { MaxResponseContentBufferSize = JsonWebKeySet.MaxBytes, Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.Accept.ParseAdd("application/json, application/jwk-set+json");
        client.DefaultRequestHeaders.UserAgent.ParseAdd("Profiles");
        return new IssuerClient(client);
    }

    /// <summary>An address as messages may have it: its query is left out, for it may hold a secret.</summary>
    public static string NameOf(Uri address) => address.GetLeftPart(UriPartial.Path);

    /// <summary>Reads a document.</summary>
    /// <exception cref="HttpRequestException">It cannot be had, or is too large.</exception>
    public async Task<byte[]> GetAsync(Uri address, CancellationToken cancellationToken)
    {
        using var answer = await http.GetAsync(address, cancellationToken);
        return answer.StatusCode == HttpStatusCode.OK
            ? await answer.Content.ReadAsByteArrayAsync(cancellationToken)
            : throw new HttpRequestException($"{NameOf(address)} answered {(int)answer.StatusCode} instead of 200.");
    }

    private static X509ChainPolicy Trust(X509Certificate2Collection authorities)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            // As HttpClient itself does it: many private authorities publish no lists.
            RevocationMode = X509RevocationMode.NoCheck,
        };
        policy.CustomTrustStore.AddRange(authorities);
        return policy;
    }
}
