namespace Grpc.Core.Interceptors;

/// <summary>Puts interceptors between a channel and its clients, in the order that <see cref="CallInvokerExtensions"/> describes.</summary>
public static class ChannelExtensions
{
    /// <summary>Puts an interceptor in front of a channel.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="interceptor">The interceptor.</param>
    /// <returns>An invoker to make clients with.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static CallInvoker Intercept(this ChannelBase channel, Interceptor interceptor) =>
        ClientBase.InvokerOf(channel).Intercept(interceptor);

    /// <summary>Puts interceptors in front of a channel.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="interceptors">The interceptors, the one to get control first in front.</param>
    /// <returns>An invoker to make clients with.</returns>
    /// <exception cref="ArgumentNullException">An argument or an interceptor is null.</exception>
    public static CallInvoker Intercept(this ChannelBase channel, params Interceptor[] interceptors) =>
        ClientBase.InvokerOf(channel).Intercept(interceptors);

    /// <summary>Lets a function replace the headers of every call on a channel.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="interceptor">Gets the headers of the call (empty when it has none) and returns those to send, the same or others.</param>
    /// <returns>An invoker to make clients with.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static CallInvoker Intercept(this ChannelBase channel, Func<Metadata, Metadata> interceptor) =>
        ClientBase.InvokerOf(channel).Intercept(interceptor);
}
