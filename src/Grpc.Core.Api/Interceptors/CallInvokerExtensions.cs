namespace Grpc.Core.Interceptors;

/// <summary>
/// Puts interceptors around an invoker. <c>Intercept(a, b, c)</c> gives control to a, then b, then c; of
/// <c>Intercept(a).Intercept(b)</c> it is b that comes first, for it was put around a.
/// </summary>
public static class CallInvokerExtensions
{
    /// <summary>Puts an interceptor around an invoker.</summary>
    /// <param name="invoker">The invoker.</param>
    /// <param name="interceptor">The interceptor.</param>
    /// <returns>An invoker whose calls pass through both.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static CallInvoker Intercept(this CallInvoker invoker, Interceptor interceptor) =>
        new InterceptingCallInvoker(invoker, interceptor);

    /// <summary>Puts interceptors around an invoker.</summary>
    /// <param name="invoker">The invoker.</param>
    /// <param name="interceptors">The interceptors, the one to get control first in front.</param>
    /// <returns>An invoker whose calls pass through all of them.</returns>
    /// <exception cref="ArgumentNullException">An argument or an interceptor is null.</exception>
    public static CallInvoker Intercept(this CallInvoker invoker, params Interceptor[] interceptors)
    {
        ArgumentNullException.ThrowIfNull(invoker);
        ArgumentNullException.ThrowIfNull(interceptors);
        for (var i = interceptors.Length - 1; i >= 0; i--)
            invoker = invoker.Intercept(interceptors[i]);

        return invoker;
    }

    /// <summary>Lets a function replace the headers of every call.</summary>
    /// <param name="invoker">The invoker.</param>
    /// <param name="interceptor">Gets the headers of the call (empty when it has none) and returns those to send, the same or others.</param>
    /// <returns>An invoker whose calls pass through the function.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static CallInvoker Intercept(this CallInvoker invoker, Func<Metadata, Metadata> interceptor) =>
        new InterceptingCallInvoker(invoker, new MetadataInterceptor(interceptor));
}
