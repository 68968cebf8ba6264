namespace Grpc.Core;

/// <summary>Whether a channel has a connection.</summary>
public enum ConnectivityState
{
    /// <summary>No connection, and none is being made; a call starts one.</summary>
    Idle = 0,

    /// <summary>A connection is being made.</summary>
    Connecting = 1,

    /// <summary>Connected.</summary>
    Ready = 2,

    /// <summary>The last try failed; another follows after a pause.</summary>
    TransientFailure = 3,

    /// <summary>Shut down for good.</summary>
    Shutdown = 4,
}
