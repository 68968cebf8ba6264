using Google.Api;
using Google.Protobuf.Reflection;
using Grpc.AspNetCore.Server.Model;
using Grpc.Core;
using Profiles.Transcoding.Binding;
using Profiles.Transcoding.Calls;
using Profiles.Transcoding.Json.Fields;
using Profiles.Transcoding.Routing;

namespace Profiles.Transcoding.Mapping;

/// <summary>Adds an endpoint for each binding of each method that the generated code names.</summary>
internal sealed class TranscodingServiceBinder<TService>(
    ServiceMethodProviderContext<TService> context,
    BoundService bound,
    TranscodingSettings settings,
    ServiceParts<TService> parts) : ServiceBinderBase
    where TService : class
{
    private readonly HashSet<(string HttpMethod, string Shape)> _claimed = [];

    public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler)
    {
        var descriptor = bound.Descriptor.FindMethodByName(method.Name);
        if (Rule(descriptor) is not { } rule) return;
        try
        {
            foreach (var binding in RuleReader.Read(rule)) AddEndpoint(method, descriptor, binding);
        }
        catch (FormatException error)
        {
            throw new TranscodingContractException(descriptor.FullName, error.Message);
        }
    }

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse>? handler) => RefuseStreaming(method);

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse>? handler) => RefuseStreaming(method);

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse>? handler) => RefuseStreaming(method);

    private static HttpRule? Rule(MethodDescriptor method) =>
        method.GetOptions() is { } options && options.HasExtension(AnnotationsExtensions.Http)
            ? options.GetExtension(AnnotationsExtensions.Http)
            : null;

    private void RefuseStreaming(IMethod method)
    {
        var descriptor = bound.Descriptor.FindMethodByName(method.Name);
        if (Rule(descriptor) is not null)
            throw new TranscodingContractException(descriptor.FullName, "streaming methods are not yet supported over REST");
    }

    private void AddEndpoint<TRequest, TResponse>(Method<TRequest, TResponse> method, MethodDescriptor descriptor, HttpBinding binding)
        where TRequest : class
        where TResponse : class
    {
        RefuseHttpBody(descriptor);
        var plan = BindingPlanner.Create(descriptor.InputType, binding.Template, binding.HttpMethod, binding.Body);
        var field = BindingPlanner.ResponseField(descriptor.OutputType, binding.ResponseBody);
        parts.Registry.Claim(_claimed, typeof(TService), descriptor.FullName, binding.HttpMethod, binding.Template);
        MessageCodecs.Prepare(descriptor.InputType);
        MessageCodecs.Prepare(descriptor.OutputType);

        var route = new TranscodingRoute(descriptor, binding.HttpMethod, binding.Template, settings);
        var target = bound.FindMethod(typeof(TService), method.Name, typeof(TRequest), typeof(ServerCallContext));
        var handler = new UnaryHandler<TService, TRequest, TResponse>(
            route,
            new RequestBinder(plan, binding.Template, settings),
            parts.CreateInvoker(target.CreateDelegate<UnaryServerMethod<TService, TRequest, TResponse>>()),
            new ResponseWriter(route, field));

        List<object> metadata = [.. typeof(TService).GetCustomAttributes(inherit: true), .. target.GetCustomAttributes(inherit: true), route];
        context.AddMethod(method, RoutePatternBuilder.Build(binding.Template), metadata, handler.HandleAsync);
        TranscodingLog.Mapped(settings.Logger, route.FullName, route.HttpMethod, route.Template);
    }

    private static void RefuseHttpBody(MethodDescriptor method)
    {
        if (method.OutputType == HttpBody.Descriptor || method.InputType == HttpBody.Descriptor)
            throw new FormatException("google.api.HttpBody is not yet supported");
    }
}
