using Grpc.Reflection.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Old = Grpc.Reflection.V1Alpha;

namespace Profiles.Reflection;

/// <summary>Lets tools ask a server for its contract.</summary>
public static class ReflectionExtensions
{
    /// <summary>Says which services there are to tell of. Reflection itself is added to them.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="described">The gRPC services, for instance <c>Greeter.Descriptor</c>.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddGrpcReflection(this IServiceCollection services, params IEnumerable<Google.Protobuf.Reflection.ServiceDescriptor> described)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(described);

        services.AddSingleton(new ReflectionIndex([.. described, ServerReflection.Descriptor, Old.ServerReflection.Descriptor]));
        return services.AddSingleton<ReflectionService>().AddSingleton<OldReflectionService>();
    }

    /// <summary>
    /// Serves <c>grpc.reflection.v1</c> and <c>grpc.reflection.v1alpha</c>. Both carry the attribute <c>AllowAnonymous</c>: a contract
    /// is no secret.
    /// </summary>
    /// <param name="endpoints">Where services are mapped.</param>
    public static void MapGrpcReflection(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);

        endpoints.MapGrpcService<ReflectionService>();
        endpoints.MapGrpcService<OldReflectionService>();
    }
}
