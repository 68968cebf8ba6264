using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Profiles.Reflection;

namespace Microsoft.Extensions.DependencyInjection
{
    /// <summary>Adds what server reflection needs.</summary>
    public static class ReflectionServiceExtensions
    {
        /// <summary>
        /// Adds the services behind <see cref="Microsoft.AspNetCore.Builder.ReflectionEndpointExtensions.MapReflection"/>.
        /// </summary>
        /// <param name="builder">What <c>AddGrpc</c> returned.</param>
        /// <param name="configure">Sets the limits.</param>
        /// <returns>The same builder.</returns>
        public static IGrpcServerBuilder AddReflection(this IGrpcServerBuilder builder, Action<ReflectionOptions>? configure = null)
        {
            ArgumentNullException.ThrowIfNull(builder);

            var services = builder.Services;
            services.AddOptions<ReflectionOptions>()
                .Validate(
                    options => options is { MaxRequestsPerStream: > 0, MaxRequestBytes: > 0 },
                    "The limits of ReflectionOptions must be 1 or more.")
                .Configure(options => configure?.Invoke(options));
            services.TryAddSingleton<ReflectionStreams>();
            services.TryAddSingleton<ReflectionService>();
            services.TryAddSingleton<AlphaReflectionService>();
            Limit<ReflectionService>(services);
            Limit<AlphaReflectionService>(services);
            return builder;
        }

        private static void Limit<TService>(IServiceCollection services)
            where TService : class =>
            services.AddOptions<GrpcServiceOptions<TService>>()
                .Configure<IOptions<ReflectionOptions>>((grpc, own) => grpc.MaxReceiveMessageSize = own.Value.MaxRequestBytes);
    }
}

namespace Microsoft.AspNetCore.Builder
{
    /// <summary>Serves server reflection.</summary>
    public static class ReflectionEndpointExtensions
    {
        /// <summary>
        /// Maps <c>grpc.reflection.v1.ServerReflection</c> and <c>grpc.reflection.v1alpha.ServerReflection</c>. They tell every caller
        /// the contract of all services that are mapped, themselves included, whether or not that caller may call them.
        /// </summary>
        /// <param name="endpoints">Where services are mapped.</param>
        /// <returns>The conventions of both, for instance to allow anonymous callers.</returns>
        public static IEndpointConventionBuilder MapReflection(this IEndpointRouteBuilder endpoints)
        {
            ArgumentNullException.ThrowIfNull(endpoints);

            return new ReflectionConventions(
                endpoints.MapGrpcService<ReflectionService>(), endpoints.MapGrpcService<AlphaReflectionService>());
        }

        private sealed class ReflectionConventions(params IEndpointConventionBuilder[] services) : IEndpointConventionBuilder
        {
            public void Add(Action<EndpointBuilder> convention) => Array.ForEach(services, service => service.Add(convention));

            public void Finally(Action<EndpointBuilder> finallyConvention) =>
                Array.ForEach(services, service => service.Finally(finallyConvention));
        }
    }
}
