using System.IO.Compression;
using System.Reflection;
using Grpc.AspNetCore.Server;
using Grpc.AspNetCore.Server.Model;
using Grpc.Core;
using Grpc.Net.Compression;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Contract = Google.Protobuf.Reflection.ServiceDescriptor;

namespace Profiles.Server.Messages;

/// <summary>
/// Adds the gRPC endpoints of a service as the official provider does, yet with <see cref="StrictMarshaller"/>. That one takes
/// the generated marshallers as they are, and what they throw reaches the caller as UNKNOWN.
/// </summary>
internal sealed class StrictMethodProvider<TService> : IServiceMethodProvider<TService>
    where TService : class
{
    public void OnServiceMethodDiscovery(ServiceMethodProviderContext<TService> context)
    {
        var attribute = typeof(TService).GetCustomAttribute<BindServiceMethodAttribute>(inherit: true)
            ?? throw new InvalidOperationException($"{typeof(TService)} does not derive from a generated service.");
        var bind = attribute.BindType.GetMethods(BindingFlags.Public | BindingFlags.Static).Single(IsBinding);
        var service = (Contract)attribute.BindType.GetProperty("Descriptor")!.GetValue(null)!;
        bind.Invoke(null, [new Binder(context, service), null]);

        bool IsBinding(MethodInfo method) =>
            method.Name == attribute.BindMethodName && method.GetParameters() is [{ } binder, _] && binder.ParameterType == typeof(ServiceBinderBase);
    }

    private sealed class Binder(ServiceMethodProviderContext<TService> context, Contract service) : ServiceBinderBase
    {
        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method, Grpc.Core.UnaryServerMethod<TRequest, TResponse>? handler)
        {
            var target = Target(method, typeof(TRequest), typeof(ServerCallContext));
            context.AddUnaryMethod(
                Strict(method), Metadata(target), target.CreateDelegate<UnaryServerMethod<TService, TRequest, TResponse>>());
        }

        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method, Grpc.Core.ServerStreamingServerMethod<TRequest, TResponse>? handler)
        {
            var target = Target(method, typeof(TRequest), typeof(IServerStreamWriter<TResponse>), typeof(ServerCallContext));
            context.AddServerStreamingMethod(
                Strict(method), Metadata(target), target.CreateDelegate<ServerStreamingServerMethod<TService, TRequest, TResponse>>());
        }

        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method, Grpc.Core.ClientStreamingServerMethod<TRequest, TResponse>? handler)
        {
            var target = Target(method, typeof(IAsyncStreamReader<TRequest>), typeof(ServerCallContext));
            context.AddClientStreamingMethod(
                Strict(method), Metadata(target), target.CreateDelegate<ClientStreamingServerMethod<TService, TRequest, TResponse>>());
        }

        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method, Grpc.Core.DuplexStreamingServerMethod<TRequest, TResponse>? handler)
        {
            var target = Target(
                method, typeof(IAsyncStreamReader<TRequest>), typeof(IServerStreamWriter<TResponse>), typeof(ServerCallContext));
            context.AddDuplexStreamingMethod(
                Strict(method), Metadata(target), target.CreateDelegate<DuplexStreamingServerMethod<TService, TRequest, TResponse>>());
        }

        private Method<TRequest, TResponse> Strict<TRequest, TResponse>(Method<TRequest, TResponse> method)
            where TRequest : class
        {
            var marshaller = StrictMarshaller.Of(method.RequestMarshaller, service.FindMethodByName(method.Name).InputType);
            return new(method.Type, method.ServiceName, method.Name, marshaller, method.ResponseMarshaller);
        }

        private static MethodInfo Target(IMethod method, params Type[] parameters) =>
            typeof(TService).GetMethod(method.Name, parameters)!;

        private static List<object> Metadata(MethodInfo target) =>
        [
            .. typeof(TService).GetCustomAttributes(inherit: true),
            .. target.GetCustomAttributes(inherit: true),
            new HttpMethodMetadata(["POST"], acceptCorsPreflight: true),
        ];
    }
}

/// <summary>Puts what reads requests strictly in its place.</summary>
internal static class StrictMessageExtensions
{
    // Internal there. Should it be called otherwise one day, the start fails.
    private const string Official = "Grpc.AspNetCore.Server.Model.Internal.BinderServiceMethodProvider`1";

    /// <summary>Puts the guard before the gRPC server: after routing.</summary>
    public static void UseGrpcGuard(this IApplicationBuilder app) => app.UseMiddleware<GrpcGuardMiddleware>();

    /// <summary>From now on malformed messages are refused with INVALID_ARGUMENT, text that is not UTF-8 included.</summary>
    public static IGrpcServerBuilder AddStrictMessages(this IGrpcServerBuilder builder)
    {
        var official = builder.Services.Single(service =>
            service.ServiceType == typeof(IServiceMethodProvider<>)
            && service.ImplementationType?.FullName == Official);
        builder.Services.Remove(official);
        builder.Services.TryAddEnumerable(
            ServiceDescriptor.Singleton(typeof(IServiceMethodProvider<>), typeof(StrictMethodProvider<>)));
        builder.Services.Configure<GrpcServiceOptions>(options => options.CompressionProviders =
        [
            new CheckedCompression(new GzipCompressionProvider(CompressionLevel.Fastest)),
            new CheckedCompression(new DeflateCompressionProvider(CompressionLevel.Fastest)),
        ]);
        return builder;
    }
}
