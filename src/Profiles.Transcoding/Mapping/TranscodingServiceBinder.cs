using System.Reflection;
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
        var target = bound.FindMethod(typeof(TService), method.Name, typeof(TRequest), typeof(ServerCallContext));
        AddEndpoints(method, target, (route, binder, field) =>
        {
            var invoker = parts.CreateInvoker(target.CreateDelegate<UnaryServerMethod<TService, TRequest, TResponse>>());
            return new UnaryHandler<TService, TRequest, TResponse>(route, binder, invoker, new ResponseWriter(route, field));
        });
    }

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse>? handler)
    {
        var target = bound.FindMethod(
            typeof(TService), method.Name, typeof(TRequest), typeof(IServerStreamWriter<TResponse>), typeof(ServerCallContext));
        AddEndpoints(method, target, (route, binder, field) =>
        {
            var invoker = parts.CreateInvoker(target.CreateDelegate<ServerStreamingServerMethod<TService, TRequest, TResponse>>());
            return new StreamHandler<TService, TRequest, TResponse>(route, binder, invoker, new ResponseWriter(route, field), field);
        });
    }

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse>? handler) => RefuseClientStream(method);

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse>? handler) => RefuseClientStream(method);

    private static HttpRule? Rule(MethodDescriptor method) =>
        method.GetOptions() is { } options && options.HasExtension(AnnotationsExtensions.Http)
            ? options.GetExtension(AnnotationsExtensions.Http)
            : null;

    private void RefuseClientStream(IMethod method)
    {
        var descriptor = bound.Descriptor.FindMethodByName(method.Name);
        if (Rule(descriptor) is not null)
            throw new TranscodingContractException(descriptor.FullName, "it takes a stream, and a REST request is one message");
    }

    private void AddEndpoints<TRequest, TResponse>(Method<TRequest, TResponse> method, MethodInfo target, CreateHandler create)
        where TRequest : class
        where TResponse : class
    {
        var descriptor = bound.Descriptor.FindMethodByName(method.Name);
        if (Rule(descriptor) is not { } rule) return;
        try
        {
            foreach (var binding in RuleReader.Read(rule, settings.Options.PathPrefix)) AddEndpoint(method, descriptor, binding, target, create);
        }
        catch (FormatException error)
        {
            throw new TranscodingContractException(descriptor.FullName, error.Message);
        }
    }

    private void AddEndpoint<TRequest, TResponse>(
        Method<TRequest, TResponse> method, MethodDescriptor descriptor, HttpBinding binding, MethodInfo target, CreateHandler create)
        where TRequest : class
        where TResponse : class
    {
        var maskFromKeys = target.GetCustomAttribute<FieldMaskFromKeysAttribute>(inherit: true);
        var plan = BindingPlanner.Create(descriptor.InputType, binding.Template, binding.HttpMethod, binding.Body, maskFromKeys);
        var field = BindingPlanner.ResponseField(descriptor.OutputType, binding.ResponseBody);
        parts.Registry.Claim(_claimed, typeof(TService), descriptor.FullName, binding.HttpMethod, binding.Template);
        MessageCodecs.Prepare(descriptor.InputType);
        MessageCodecs.Prepare(descriptor.OutputType);

        var shown = RouteBinding.Create(binding.Template, plan, field, settings.Options, Answers(target));
        var route = new TranscodingRoute(descriptor, binding.HttpMethod, binding.Template, shown, settings);
        var handler = create(route, new RequestBinder(plan, route), field);
        List<object> metadata = [.. typeof(TService).GetCustomAttributes(inherit: true), .. target.GetCustomAttributes(inherit: true), route];
        context.AddMethod(method, RoutePatternBuilder.Build(binding.Template), metadata, handler.HandleAsync);
        TranscodingLog.Mapped(settings.Logger, route.FullName, route.HttpMethod, route.Template);
    }

    private static List<HttpAnswerAttribute> Answers(MethodInfo target)
    {
        var answers = target.GetCustomAttributes<HttpAnswerAttribute>(inherit: true).OrderBy(answer => answer.StatusCode).ToList();
        for (var i = 0; i < answers.Count; i++)
        {
            if (!answers[i].IsPossible) throw new FormatException($"it says that it answers {answers[i].StatusCode}, which is neither 200 to 299, 304, 307 nor 308");
            if (i > 0 && answers[i].StatusCode == answers[i - 1].StatusCode) throw new FormatException($"it says twice that it answers {answers[i].StatusCode}");
        }

        return answers;
    }

    private delegate RouteHandler CreateHandler(TranscodingRoute route, RequestBinder binder, JsonField? responseField);
}
