namespace Grpc.Core;

/// <summary>How one message is written.</summary>
[Flags]
public enum WriteFlags
{
    /// <summary>The message need not go out at once: it may wait for the next write or for the end of the stream.</summary>
    BufferHint = 0x1,

    /// <summary>This message is sent uncompressed, whatever the call negotiated. Use it where a secret and foreign text share a message.</summary>
    NoCompress = 0x2,
}
