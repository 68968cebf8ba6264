using System.Collections.Frozen;
using System.Reflection;
using Google.Protobuf.Reflection;
using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Profiles.Core.Access;
using Profiles.Core.Credentials.Applications;
using Profiles.Core.Identity;
using Profiles.Core.Organizations;
using Profiles.Server.Hosting;
using Profiles.Server.Tests.Tokens;

namespace Profiles.Server.Tests.Services;

/// <summary>The real server as it is put together, with parts exchanged; its methods are called in process.</summary>
internal static class BuiltServer
{
    /// <summary>The caller's organization.</summary>
    public const string OrganizationName = "acme";

    /// <summary>Builds it. Nothing is started.</summary>
    public static WebApplication Build(Action<IServiceCollection> change)
    {
        var builder = ServerHost.CreateBuilder();
        builder.Configuration.AddInMemoryCollection([KeyValuePair.Create("ConnectionStrings:Profiles", (string?)"Host=localhost")]);
        builder.Host.UseServiceProviderFactory(new ChangingFactory(change));
        var masterKeys = new MasterKeys([new MasterKey("test", new byte[MasterKeys.KeyLength])]);
        return ServerHost.Build(builder, ServerSettings.Read(builder.Configuration), "Host=localhost", TestIssuer.Validator(), masterKeys);
    }

    /// <summary>All that it serves over gRPC.</summary>
    public static IEnumerable<GrpcMethodMetadata> MethodsOf(WebApplication app) =>
        ((IEndpointRouteBuilder)app).DataSources
            .SelectMany(source => source.Endpoints)
            .Select(endpoint => endpoint.Metadata.GetMetadata<GrpcMethodMetadata>())
            .OfType<GrpcMethodMetadata>()
            .DistinctBy(method => method.Method.FullName);

    /// <summary>Calls a method with one argument as the user <c>alice</c>, who may do everything.</summary>
    public static Task CallAsync(
        WebApplication app, GrpcMethodMetadata served, Func<Type, object> createArgument, CancellationToken cancellationToken)
    {
        var handler = served.ServiceType.GetMethod(served.Method.Name)!;
        var service = ActivatorUtilities.GetServiceOrCreateInstance(app.Services, served.ServiceType);
        var context = new TestCallContext(served.Method.FullName, CreateContext(), cancellationToken);
        return (Task)handler.Invoke(service, [createArgument(handler.GetParameters()[0].ParameterType), context])!;
    }

    /// <summary>The descriptor of a generated message.</summary>
    public static MessageDescriptor DescriptorOf(Type message) =>
        (MessageDescriptor)message.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!;

    private static DefaultHttpContext CreateContext()
    {
        Assert.That(OrganizationId.TryParse(OrganizationName, out var id), Is.True);
        var context = new DefaultHttpContext { TraceIdentifier = "request" };
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        context.Features.Set(new Caller(id, "alice", Permissions.All.ToFrozenSet(StringComparer.Ordinal)));
        context.Features.Set(new Organization(id, string.Empty, OrganizationSettings.Default, 1, now, now));
        return context;
    }

    private sealed class ChangingFactory(Action<IServiceCollection> change) : IServiceProviderFactory<IServiceCollection>
    {
        public IServiceCollection CreateBuilder(IServiceCollection services)
        {
            change(services);
            return services;
        }

        public IServiceProvider CreateServiceProvider(IServiceCollection containerBuilder) => containerBuilder.BuildServiceProvider();
    }
}
