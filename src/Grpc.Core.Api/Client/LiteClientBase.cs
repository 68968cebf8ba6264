namespace Grpc.Core;

/// <summary>Base of clients that are generated with the <c>lite_client</c> option: no hosts, no configuration.</summary>
public abstract class LiteClientBase
{
    /// <summary>Creates a client that cannot call, for test doubles: every call throws <see cref="NotImplementedException"/>.</summary>
    protected LiteClientBase() : this(UnimplementedCallInvoker.Instance)
    {
    }

    /// <summary>Creates a client on a channel.</summary>
    /// <param name="channel">The channel.</param>
    /// <exception cref="ArgumentNullException"><paramref name="channel"/> is null.</exception>
    public LiteClientBase(ChannelBase channel) : this(ClientBase.InvokerOf(channel))
    {
    }

    /// <summary>Creates a client on an invoker.</summary>
    /// <param name="callInvoker">The invoker.</param>
    /// <exception cref="ArgumentNullException"><paramref name="callInvoker"/> is null.</exception>
    public LiteClientBase(CallInvoker callInvoker)
    {
        ArgumentNullException.ThrowIfNull(callInvoker);
        CallInvoker = callInvoker;
    }

    /// <summary>Starts the calls of this client.</summary>
    protected CallInvoker CallInvoker { get; }
}
