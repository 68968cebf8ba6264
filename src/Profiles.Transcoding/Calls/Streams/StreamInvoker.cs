using Grpc.AspNetCore.Server;
using Grpc.AspNetCore.Server.Model;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Profiles.Transcoding.Calls;

/// <summary>Calls a server-streaming method through the interceptors of the service, as gRPC does.</summary>
internal sealed class StreamInvoker<TService, TRequest, TResponse>
    where TService : class
    where TRequest : class
    where TResponse : class
{
    private readonly ServerStreamingServerMethod<TService, TRequest, TResponse> _method;
    private readonly IGrpcServiceActivator<TService>? _activator;
    private readonly ServerStreamingServerMethod<TRequest, TResponse> _pipeline;

    /// <param name="method">The method as an open delegate.</param>
    /// <param name="activator">Makes the service; null where the options say that interceptors do without one.</param>
    /// <param name="interceptors">The interceptors of all services, then those of this one.</param>
    /// <param name="services">The services of the application.</param>
    public StreamInvoker(
        ServerStreamingServerMethod<TService, TRequest, TResponse> method,
        IGrpcServiceActivator<TService>? activator,
        IReadOnlyList<InterceptorRegistration> interceptors,
        IServiceProvider services)
    {
        _method = method;
        _activator = activator;
        _pipeline = CallServiceAsync;
        for (var i = interceptors.Count - 1; i >= 0; i--) _pipeline = Wrap(interceptors[i], _pipeline, services);
    }

    public Task InvokeAsync(TRequest request, IServerStreamWriter<TResponse> stream, ServerCallContext context) =>
        _pipeline(request, stream, context);

    private static ServerStreamingServerMethod<TRequest, TResponse> Wrap(
        InterceptorRegistration registration, ServerStreamingServerMethod<TRequest, TResponse> next, IServiceProvider services)
    {
        var type = typeof(IGrpcInterceptorActivator<>).MakeGenericType(registration.Type);
        var activator = (IGrpcInterceptorActivator)services.GetRequiredService(type);
        return async (request, stream, context) =>
        {
            var handle = activator.Create(context.GetHttpContext().RequestServices, registration);
            try
            {
                await handle.Instance.ServerStreamingServerHandler(request, stream, context, next);
            }
            finally
            {
                await activator.ReleaseAsync(handle);
            }
        };
    }

    private async Task CallServiceAsync(TRequest request, IServerStreamWriter<TResponse> stream, ServerCallContext context)
    {
        if (_activator is null)
        {
            await _method(null!, request, stream, context);
            return;
        }

        var handle = _activator.Create(context.GetHttpContext().RequestServices);
        try
        {
            await _method(handle.Instance, request, stream, context);
        }
        finally
        {
            await _activator.ReleaseAsync(handle);
        }
    }
}
