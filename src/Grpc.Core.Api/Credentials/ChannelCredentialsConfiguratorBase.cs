namespace Grpc.Core;

/// <summary>Receives the parts of <see cref="ChannelCredentials"/>. Client implementations derive from it.</summary>
public abstract class ChannelCredentialsConfiguratorBase
{
    /// <summary>The channel is not secured.</summary>
    /// <param name="state">What the client passed.</param>
    public abstract void SetInsecureCredentials(object state);

    /// <summary>The channel is secured by TLS.</summary>
    /// <param name="state">What the client passed.</param>
    /// <param name="rootCertificates">Trusted certificates in PEM form; null means those of the machine.</param>
    /// <param name="keyCertificatePair">The client's own certificate; null means none.</param>
    /// <param name="verifyPeerCallback">A further check of the server; null means none.</param>
    public abstract void SetSslCredentials(
        object state,
        string? rootCertificates,
        KeyCertificatePair? keyCertificatePair,
        VerifyPeerCallback? verifyPeerCallback);

    /// <summary>The channel is secured and its calls are authorized.</summary>
    /// <param name="state">What the client passed.</param>
    /// <param name="channelCredentials">How the channel is secured.</param>
    /// <param name="callCredentials">What authorizes each call.</param>
    public abstract void SetCompositeCredentials(object state, ChannelCredentials channelCredentials, CallCredentials callCredentials);
}
