namespace Grpc.Core;

/// <summary>A certificate with its private key.</summary>
public sealed class KeyCertificatePair
{
    /// <summary>Creates a pair.</summary>
    /// <param name="certificateChain">Certificate and its issuers in PEM form.</param>
    /// <param name="privateKey">Private key in PEM form.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public KeyCertificatePair(string certificateChain, string privateKey)
    {
        ArgumentNullException.ThrowIfNull(certificateChain);
        ArgumentNullException.ThrowIfNull(privateKey);
        CertificateChain = certificateChain;
        PrivateKey = privateKey;
    }

    /// <summary>Certificate and its issuers in PEM form.</summary>
    public string CertificateChain { get; }

    /// <summary>Private key in PEM form.</summary>
    public string PrivateKey { get; }
}
