namespace Grpc.Core;

/// <summary>Checks the server that a secure channel connects to, beyond what TLS checks. It must be quick: the connection waits.</summary>
/// <param name="context">The server.</param>
/// <returns>Whether to connect.</returns>
public delegate bool VerifyPeerCallback(VerifyPeerContext context);

/// <summary>The server that a <see cref="VerifyPeerCallback"/> checks.</summary>
public class VerifyPeerContext
{
    internal VerifyPeerContext(string targetName, string peerPem)
    {
        TargetName = targetName;
        PeerPem = peerPem;
    }

    /// <summary>Name that the client connects to.</summary>
    public string TargetName { get; }

    /// <summary>Certificate that the server showed, in PEM form.</summary>
    public string PeerPem { get; }
}
