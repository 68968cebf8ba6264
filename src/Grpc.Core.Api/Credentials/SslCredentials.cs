namespace Grpc.Core;

/// <summary>
/// TLS. <c>Grpc.Net.Client</c> accepts the form without arguments only: there, certificates are set on the HTTP handler of the
/// channel. The other forms are for clients that support them.
/// </summary>
public sealed class SslCredentials : ChannelCredentials
{
    private readonly VerifyPeerCallback? _verifyPeer;

    /// <summary>TLS with the certificates that the machine trusts.</summary>
    public SslCredentials() : this(rootCertificates: null, keyCertificatePair: null, verifyPeerCallback: null)
    {
    }

    /// <summary>TLS with given trusted certificates.</summary>
    /// <param name="rootCertificates">Trusted certificates in PEM form.</param>
    public SslCredentials(string rootCertificates) : this(rootCertificates, keyCertificatePair: null, verifyPeerCallback: null)
    {
    }

    /// <summary>TLS with given trusted certificates and a certificate of the client's own.</summary>
    /// <param name="rootCertificates">Trusted certificates in PEM form.</param>
    /// <param name="keyCertificatePair">The client's certificate.</param>
    public SslCredentials(string rootCertificates, KeyCertificatePair keyCertificatePair)
        : this(rootCertificates, keyCertificatePair, verifyPeerCallback: null)
    {
    }

    /// <summary>TLS with everything given.</summary>
    /// <param name="rootCertificates">Trusted certificates in PEM form; null means those of the machine.</param>
    /// <param name="keyCertificatePair">The client's certificate; null means none.</param>
    /// <param name="verifyPeerCallback">A further check of the server; null means none.</param>
    public SslCredentials(string? rootCertificates, KeyCertificatePair? keyCertificatePair, VerifyPeerCallback? verifyPeerCallback)
    {
        RootCertificates = rootCertificates;
        KeyCertificatePair = keyCertificatePair;
        _verifyPeer = verifyPeerCallback;
    }

    /// <summary>Trusted certificates in PEM form; null means those of the machine.</summary>
    public string? RootCertificates { get; }

    /// <summary>The client's certificate; null means none.</summary>
    public KeyCertificatePair? KeyCertificatePair { get; }

    /// <inheritdoc/>
    public override void InternalPopulateConfiguration(ChannelCredentialsConfiguratorBase configurator, object state) =>
        configurator.SetSslCredentials(state, RootCertificates, KeyCertificatePair, _verifyPeer);

    internal override bool IsComposable => true;
}
