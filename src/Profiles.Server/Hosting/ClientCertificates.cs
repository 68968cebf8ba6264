using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Profiles.Server.Hosting;

/// <summary>
/// The certificates that callers show in the TLS handshake, beside their credentials: of an authority of one's own, whatever
/// the system trusts.
/// </summary>
/// <param name="Authorities">The authority's certificates.</param>
/// <param name="AreRequired">Whether there is no connection without one; a bad one never makes a connection.</param>
internal sealed record ClientCertificates(X509Certificate2Collection Authorities, bool AreRequired)
{
    private const string FileSetting = "PROFILES_CLIENT_CA_FILE";
    private const string ModeSetting = "PROFILES_CLIENT_CERTIFICATES";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    /// <summary>Reads <c>PROFILES_CLIENT_CA_FILE</c> and <c>PROFILES_CLIENT_CERTIFICATES</c>; null when no file is named.</summary>
    /// <exception cref="SettingException">One of them is wrong.</exception>
    public static ClientCertificates? Read(IConfiguration configuration, bool hasKestrelEndpoints)
    {
        var isRequired = (configuration.Find(ModeSetting) ?? "required") switch
        {
            "required" => true,
            "optional" => false,
            var text => throw new SettingException($"{ModeSetting} must be 'required' or 'optional', yet is '{text}'."),
        };
        if (configuration.Find(FileSetting) is not { } file)
        {
            return configuration.Find(ModeSetting) is null
                ? null
                : throw new SettingException($"{ModeSetting} needs {FileSetting}, the certificates of the authority.");
        }

        return hasKestrelEndpoints
            ? new ClientCertificates(Load(file), isRequired)
            : throw new SettingException($"{FileSetting} needs TLS: name an endpoint and its certificate with Kestrel__Endpoints.");
    }

    /// <summary>Asks for certificates on every endpoint with TLS.</summary>
    public void Apply(HttpsConnectionAdapterOptions https)
    {
        https.ClientCertificateMode = AreRequired ? ClientCertificateMode.RequireCertificate : ClientCertificateMode.AllowCertificate;
        https.ClientCertificateValidation = (certificate, sent, _) => IsGood(certificate, sent);
    }

    private static X509Certificate2Collection Load(string file)
    {
        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPemFile(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new SettingException($"{FileSetting} must be a file of certificates in PEM: {exception.Message}");
        }

        return authorities.Count > 0
            ? authorities
            : throw new SettingException($"{FileSetting} must be a file of certificates in PEM, yet '{file}' has none.");
    }

    private bool IsGood(X509Certificate2 certificate, X509Chain? sent)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(Authorities);
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ClientAuthentication));
        // Authorities of one's own seldom publish lists; certificates that live for days need none.
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        if (sent is not null)
            chain.ChainPolicy.ExtraStore.AddRange(sent.ChainPolicy.ExtraStore);
        return chain.Build(certificate);
    }
}
