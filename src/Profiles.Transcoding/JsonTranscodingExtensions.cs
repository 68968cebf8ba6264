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

            var services = endpoints.ServiceProvider;
            var settings = TranscodingSettings.Create(
                services.GetRequiredService<IOptions<JsonTranscodingOptions>>().Value,
                service: null,
                default,
                services.GetRequiredService<TimeProvider>(),
                services.GetRequiredService<ILoggerFactory>().CreateLogger("Profiles.Transcoding"));
            var fallback = endpoints.Map(RoutePatternFactory.Parse("{**path}"), context => NotFoundAsync(context, settings));
            fallback.Add(endpoint => ((RouteEndpointBuilder)endpoint).Order = int.MaxValue);
            return fallback.WithDisplayName("404 Not Found");
        }

        private static Task NotFoundAsync(HttpContext context, TranscodingSettings settings) =>
            ErrorResponse.WriteAsync(context, settings, RequestFault.NotFound().ToError([]), method: null);
    }
}
