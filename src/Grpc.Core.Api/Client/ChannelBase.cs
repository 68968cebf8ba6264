namespace Grpc.Core;

/// <summary>A long-lived way to a service, over which any number of calls run at the same time. Make one and keep it.</summary>
public abstract class ChannelBase
{
    /// <summary>Creates a channel.</summary>
    /// <param name="target">Address of the service.</param>
    /// <exception cref="ArgumentNullException"><paramref name="target"/> is null.</exception>
    protected ChannelBase(string target)
    {
        ArgumentNullException.ThrowIfNull(target);
        Target = target;
    }

    /// <summary>Address that the channel was made with.</summary>
    public string Target { get; }

    /// <summary>Makes an invoker for this channel.</summary>
    /// <returns>The invoker.</returns>
    public abstract CallInvoker CreateCallInvoker();

    /// <summary>Shuts the channel down. It does not wait for calls: end them first.</summary>
    /// <returns>Completes when the channel is shut down.</returns>
    public Task ShutdownAsync() => ShutdownAsyncCore();

    /// <summary>Implements <see cref="ShutdownAsync"/>; does nothing unless overridden.</summary>
    /// <returns>Completes when the channel is shut down.</returns>
    protected virtual Task ShutdownAsyncCore() => Task.CompletedTask;
}
