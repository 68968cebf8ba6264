namespace Grpc.Core;

/// <summary>The call that an <see cref="AsyncAuthInterceptor"/> authorizes.</summary>
public class AuthInterceptorContext
{
    /// <summary>Describes a call that cannot be cancelled.</summary>
    /// <param name="serviceUrl">URL of the service, without the method.</param>
    /// <param name="methodName">Name of the method.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public AuthInterceptorContext(string serviceUrl, string methodName) : this(serviceUrl, methodName, CancellationToken.None)
    {
    }

    /// <summary>Describes a call.</summary>
    /// <param name="serviceUrl">URL of the service, without the method.</param>
    /// <param name="methodName">Name of the method.</param>
    /// <param name="cancellationToken">Fires when the call is given up.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public AuthInterceptorContext(string serviceUrl, string methodName, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(serviceUrl);
        ArgumentNullException.ThrowIfNull(methodName);
        ServiceUrl = serviceUrl;
        MethodName = methodName;
        CancellationToken = cancellationToken;
    }

    /// <summary>URL of the service, without the method: what a token's audience is compared with.</summary>
    public string ServiceUrl { get; }

    /// <summary>Name of the method.</summary>
    public string MethodName { get; }

    /// <summary>Fires when the call is given up.</summary>
    public CancellationToken CancellationToken { get; }
}
