namespace Grpc.Core;

/// <summary>
/// Receives the methods of a service from its generated <c>BindService</c>. A server overrides the kinds that it can serve.
/// </summary>
public class ServiceBinderBase
{
    /// <summary>Receives a unary method.</summary>
    /// <typeparam name="TRequest">Type of the request.</typeparam>
    /// <typeparam name="TResponse">Type of the response.</typeparam>
    /// <param name="method">The method.</param>
    /// <param name="handler">What answers its calls; null when the server finds the service's method itself.</param>
    /// <exception cref="NotImplementedException">The server does not serve this kind.</exception>
    public virtual void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method,
        UnaryServerMethod<TRequest, TResponse>? handler)
        where TRequest : class
        where TResponse : class =>
        throw new NotImplementedException();

    /// <summary>Receives a client streaming method.</summary>
    /// <typeparam name="TRequest">Type of the requests.</typeparam>
    /// <typeparam name="TResponse">Type of the response.</typeparam>
    /// <param name="method">The method.</param>
    /// <param name="handler">What answers its calls; null when the server finds the service's method itself.</param>
    /// <exception cref="NotImplementedException">The server does not serve this kind.</exception>
    public virtual void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method,
        ClientStreamingServerMethod<TRequest, TResponse>? handler)
        where TRequest : class
        where TResponse : class =>
        throw new NotImplementedException();

    /// <summary>Receives a server streaming method.</summary>
    /// <typeparam name="TRequest">Type of the request.</typeparam>
    /// <typeparam name="TResponse">Type of the responses.</typeparam>
    /// <param name="method">The method.</param>
    /// <param name="handler">What answers its calls; null when the server finds the service's method itself.</param>
    /// <exception cref="NotImplementedException">The server does not serve this kind.</exception>
    public virtual void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method,
        ServerStreamingServerMethod<TRequest, TResponse>? handler)
        where TRequest : class
        where TResponse : class =>
        throw new NotImplementedException();

    /// <summary>Receives a duplex streaming method.</summary>
    /// <typeparam name="TRequest">Type of the requests.</typeparam>
    /// <typeparam name="TResponse">Type of the responses.</typeparam>
    /// <param name="method">The method.</param>
    /// <param name="handler">What answers its calls; null when the server finds the service's method itself.</param>
    /// <exception cref="NotImplementedException">The server does not serve this kind.</exception>
    public virtual void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method,
        DuplexStreamingServerMethod<TRequest, TResponse>? handler)
        where TRequest : class
        where TResponse : class =>
        throw new NotImplementedException();
}
