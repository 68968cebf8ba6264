using Grpc.AspNetCore.Server;
using Grpc.AspNetCore.Server.Model;
using Microsoft.Extensions.Options;
using Profiles.Transcoding.Calls;

namespace Profiles.Transcoding.Mapping;

/// <summary>What the endpoints of one service share with its gRPC side: activator, interceptors, limits.</summary>
internal sealed class ServiceParts<TService>
    where TService : class
{
    private readonly IServiceProvider _services;
    private readonly IGrpcServiceActivator<TService> _activator;
    private readonly List<InterceptorRegistration> _interceptors;
    private readonly bool _withoutService;

    public ServiceParts(
        IServiceProvider services,
        IGrpcServiceActivator<TService> activator,
        IOptions<GrpcServiceOptions> all,
        IOptions<GrpcServiceOptions<TService>> own,
        RouteRegistry registry)
    {
        Registry = registry;
        _services = services;
        _activator = activator;
        _interceptors = [.. all.Value.Interceptors, .. own.Value.Interceptors];
        _withoutService = own.Value.SuppressCreatingService || all.Value.SuppressCreatingService;
        Limits = new GrpcLimits(
            own.Value.MaxReceiveMessageSizeSpecified ? own.Value.MaxReceiveMessageSize : all.Value.MaxReceiveMessageSize,
            own.Value.MaxSendMessageSizeSpecified ? own.Value.MaxSendMessageSize : all.Value.MaxSendMessageSize,
            own.Value.EnableDetailedErrors ?? all.Value.EnableDetailedErrors ?? false);
    }

    public RouteRegistry Registry { get; }

    public GrpcLimits Limits { get; }

    public UnaryInvoker<TService, TRequest, TResponse> CreateInvoker<TRequest, TResponse>(
        UnaryServerMethod<TService, TRequest, TResponse> method)
        where TRequest : class
        where TResponse : class =>
        new(method, _withoutService ? null : _activator, _interceptors, _services);

    public StreamInvoker<TService, TRequest, TResponse> CreateInvoker<TRequest, TResponse>(
        ServerStreamingServerMethod<TService, TRequest, TResponse> method)
        where TRequest : class
        where TResponse : class =>
        new(method, _withoutService ? null : _activator, _interceptors, _services);
}
