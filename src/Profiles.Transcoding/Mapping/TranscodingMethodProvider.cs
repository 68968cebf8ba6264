using Grpc.AspNetCore.Server.Model;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Profiles.Transcoding.Calls;

namespace Profiles.Transcoding.Mapping;

/// <summary>Called by the gRPC server for each service that is mapped: adds the REST endpoints beside the gRPC ones.</summary>
internal sealed class TranscodingMethodProvider<TService>(
    ServiceParts<TService> parts,
    IOptionsMonitor<JsonTranscodingOptions> options,
    TimeProvider clock,
    ILoggerFactory loggers) : IServiceMethodProvider<TService>
    where TService : class
{
    public void OnServiceMethodDiscovery(ServiceMethodProviderContext<TService> context)
    {
        var logger = loggers.CreateLogger("Profiles.Transcoding");
        if (!BoundService.TryFind(typeof(TService), out var bound))
        {
            TranscodingLog.NoDescriptor(logger, typeof(TService).Name);
            return;
        }

        var own = options.Get(OptionsName(typeof(TService)));
        var settings = TranscodingSettings.Create(own, bound.Descriptor.File, parts.Limits, clock, logger);
        bound.Bind(new TranscodingServiceBinder<TService>(context, bound, settings, parts));
    }

    /// <summary>Under which the options of one service are kept.</summary>
    public static string OptionsName(Type service) => service.FullName!;
}
