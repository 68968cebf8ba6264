using Google.Protobuf.Reflection;
using Grpc.AspNetCore.Server;
using Grpc.AspNetCore.Server.Model;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Profiles.Transcoding;
using Profiles.Transcoding.Calls;
using Profiles.Transcoding.Errors;
using Profiles.Transcoding.Mapping;
using Profiles.Transcoding.Routing;

namespace Microsoft.Extensions.DependencyInjection
{
    /// <summary>Serves gRPC methods as REST/JSON where their contract has google.api.http rules.</summary>
    public static class JsonTranscodingServiceExtensions
    {
        /// <summary>
        /// From now on <c>MapGrpcService</c> maps the REST endpoints of a service too. They call the same methods, in process,
        /// through the same interceptors.
        /// </summary>
        /// <param name="builder">What <c>AddGrpc</c> returned.</param>
        /// <param name="configure">Sets the options of all services.</param>
        /// <returns>The same builder.</returns>
        public static IGrpcServerBuilder AddJsonTranscoding(this IGrpcServerBuilder builder, Action<JsonTranscodingOptions>? configure = null)
        {
            ArgumentNullException.ThrowIfNull(builder);

            var services = builder.Services;
            if (configure is not null) services.ConfigureAll(configure);
            services.TryAddSingleton(TimeProvider.System);
            services.TryAddSingleton<RouteRegistry>();
            services.TryAddTransient(typeof(ServiceParts<>));
            services.TryAddEnumerable(ServiceDescriptor.Singleton<MatcherPolicy, TranscodingMatcherPolicy>());
            services.TryAddEnumerable(ServiceDescriptor.Singleton(typeof(IServiceMethodProvider<>), typeof(TranscodingMethodProvider<>)));
            return builder;
        }

        /// <summary>Sets options of one service, on top of those of <see cref="AddJsonTranscoding"/>, whichever is called first.</summary>
        /// <typeparam name="TService">The class that <c>MapGrpcService</c> maps.</typeparam>
        /// <param name="builder">What <c>AddGrpc</c> returned.</param>
        /// <param name="configure">Sets the options.</param>
        /// <returns>The same builder.</returns>
        public static IGrpcServerBuilder AddServiceTranscodingOptions<TService>(
            this IGrpcServerBuilder builder, Action<JsonTranscodingOptions> configure)
            where TService : class
        {
            ArgumentNullException.ThrowIfNull(builder);
            ArgumentNullException.ThrowIfNull(configure);

            builder.Services.PostConfigure(TranscodingMethodProvider<TService>.OptionsName(typeof(TService)), configure);
            return builder;
        }
    }
}

namespace Microsoft.AspNetCore.Builder
{
    /// <summary>Endpoints of the transcoder beside those of the services.</summary>
    public static class JsonTranscodingEndpointExtensions
    {
        /// <summary>
        /// Answers every path that nothing else serves with 404 and a NOT_FOUND error, written like all other errors, instead of
        /// an empty 404.
        /// </summary>
        /// <param name="endpoints">Where services are mapped.</param>
        /// <returns>The endpoint's conventions, for instance to allow anonymous callers.</returns>
        public static IEndpointConventionBuilder MapTranscodingFallback(this IEndpointRouteBuilder endpoints)
        {
            ArgumentNullException.ThrowIfNull(endpoints);

            return MapFallback(endpoints, "", Settings(endpoints.ServiceProvider, Options.DefaultName, file: null));
        }

        /// <summary>
        /// Answers every path below a prefix that nothing else serves with 404, in the form of one service's errors: by its
        /// <see cref="JsonTranscodingOptions.ErrorWriter"/>.
        /// </summary>
        /// <typeparam name="TService">The class that <c>MapGrpcService</c> maps.</typeparam>
        /// <param name="endpoints">Where services are mapped.</param>
        /// <param name="prefix">For instance <c>/api/v1</c>; that path itself is meant too.</param>
        /// <returns>The endpoint's conventions, for instance to allow anonymous callers.</returns>
        public static IEndpointConventionBuilder MapTranscodingFallback<TService>(this IEndpointRouteBuilder endpoints, string prefix)
            where TService : class
        {
            ArgumentNullException.ThrowIfNull(endpoints);
            ArgumentException.ThrowIfNullOrEmpty(prefix);

            var file = BoundService.TryFind(typeof(TService), out var bound) ? bound.Descriptor.File : null;
            var name = TranscodingMethodProvider<TService>.OptionsName(typeof(TService));
            return MapFallback(endpoints, prefix.TrimEnd('/') + "/", Settings(endpoints.ServiceProvider, name, file));
        }

        private static TranscodingSettings Settings(IServiceProvider services, string optionsName, FileDescriptor? file) =>
            TranscodingSettings.Create(
                services.GetRequiredService<IOptionsMonitor<JsonTranscodingOptions>>().Get(optionsName),
                file,
                default,
                services.GetRequiredService<TimeProvider>(),
                services.GetRequiredService<ILoggerFactory>().CreateLogger("Profiles.Transcoding"));

        private static IEndpointConventionBuilder MapFallback(IEndpointRouteBuilder endpoints, string prefix, TranscodingSettings settings)
        {
            var fallback = endpoints.Map(RoutePatternFactory.Parse(prefix + "{**path}"), context => NotFoundAsync(context, settings));
            fallback.Add(endpoint => ((RouteEndpointBuilder)endpoint).Order = int.MaxValue);
            return fallback.WithDisplayName("404 Not Found");
        }

        private static Task NotFoundAsync(HttpContext context, TranscodingSettings settings) =>
            ErrorResponse.WriteAsync(context, settings, RequestFault.NotFound().ToError([]), method: null);
    }
}
