using Grpc.AspNetCore.Server;
using Grpc.AspNetCore.Server.Model;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Profiles.Transcoding.Calls;

/// <summary>Calls a service method as the gRPC server does: through the interceptors, on an instance of the service's activator.</summary>
internal sealed class UnaryInvoker<TService, TRequest, TResponse>
    where TService : class
    where TRequest : class
    where TResponse : class
{
    private readonly UnaryServerMethod<TService, TRequest, TResponse> _method;
    private readonly IGrpcServiceActivator<TService>? _activator;
    private readonly UnaryServerMethod<TRequest, TResponse> _pipeline;

    /// <param name="method">The method as an open delegate.</param>
    /// <param name="activator">Makes the service; null where the options say that interceptors do without one.</param>
    /// <param name="interceptors">The interceptors of all services, then those of this one.</param>
    /// <param name="services">The services of the application.</param>
    public UnaryInvoker(
        UnaryServerMethod<TService, TRequest, TResponse> method,
        IGrpcServiceActivator<TService>? activator,
        IReadOnlyList<InterceptorRegistration> interceptors,
        IServiceProvider services)
    {
        _method = method;
        _activator = activator;
        _pipeline = CallServiceAsync;
        for (var i = interceptors.Count - 1; i >= 0; i--) _pipeline = Wrap(interceptors[i], _pipeline, services);
    }

    public Task<TResponse> InvokeAsync(TRequest request, ServerCallContext context) => _pipeline(request, context);

    private static UnaryServerMethod<TRequest, TResponse> Wrap(
        InterceptorRegistration registration, UnaryServerMethod<TRequest, TResponse> next, IServiceProvider services)
    {
        var type = typeof(IGrpcInterceptorActivator<>).MakeGenericType(registration.Type);
        var activator = (IGrpcInterceptorActivator)services.GetRequiredService(type);
        return async (request, context) =>
        {
            var handle = activator.Create(ServicesOf(context), registration);
            try
            {
                return await handle.Instance.UnaryServerHandler(request, context, next);
            }
            finally
            {
                await activator.ReleaseAsync(handle);
            }
        };
    }

    // Unless an interceptor put a context of its own in between.
    private static IServiceProvider ServicesOf(ServerCallContext context) =>
        (context as TranscodingCallContext)?.HttpContext.RequestServices ?? context.GetHttpContext().RequestServices;

    private async Task<TResponse> CallServiceAsync(TRequest request, ServerCallContext context)
    {
        if (_activator is null) return await _method(null!, request, context);

        var handle = _activator.Create(ServicesOf(context));
        try
        {
            return await _method(handle.Instance, request, context);
        }
        finally
        {
            await _activator.ReleaseAsync(handle);
        }
    }
}
