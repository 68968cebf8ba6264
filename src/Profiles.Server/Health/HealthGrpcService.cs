using System.Collections.Frozen;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Grpc.Health.V1;
using static Grpc.Health.V1.HealthCheckResponse.Types;
using HealthBase = Grpc.Health.V1.Health.HealthBase;

namespace Profiles.Server.Health;

/// <summary>
/// <c>grpc.health.v1.Health</c>. The server is ready as a whole or not at all, so every service that is mapped has the status of
/// the server.
/// </summary>
internal sealed class HealthGrpcService(Readiness readiness, EndpointDataSource endpoints) : HealthBase
{
    private const string WholeServer = "";

    // Found at the first call: by then everything is mapped.
    private readonly Lazy<FrozenSet<string>> services = new(() => FindServices(endpoints.Endpoints));

    public override Task<HealthCheckResponse> Check(HealthCheckRequest request, ServerCallContext context) =>
        services.Value.Contains(request.Service)
            ? Task.FromResult(Response(StatusOf(readiness.Current)))
            : throw new RpcException(new Status(StatusCode.NotFound, "The server has no service of this name."));

    public override Task<HealthListResponse> List(HealthListRequest request, ServerCallContext context)
    {
        var status = StatusOf(readiness.Current);
        var response = new HealthListResponse();
        foreach (var service in services.Value)
            response.Statuses.Add(service, Response(status));
        return Task.FromResult(response);
    }

    public override async Task Watch(
        HealthCheckRequest request, IServerStreamWriter<HealthCheckResponse> responseStream, ServerCallContext context)
    {
        var isKnown = services.Value.Contains(request.Service);
        ServingStatus? sent = null;
        while (true)
        {
            var state = readiness.Current;
            var status = isKnown ? StatusOf(state) : ServingStatus.ServiceUnknown;
            if (status != sent)
                await responseStream.WriteAsync(Response(status), context.CancellationToken);
            sent = status;
            // Any code but UNIMPLEMENTED has the caller try again, by then elsewhere.
            if (state.IsClosing)
                throw new RpcException(new Status(StatusCode.Unavailable, "The server is stopping."));
            await state.Changed.WaitAsync(context.CancellationToken);
        }
    }

    private static ServingStatus StatusOf(ReadinessState state) =>
        state.IsReady ? ServingStatus.Serving : ServingStatus.NotServing;

    private static HealthCheckResponse Response(ServingStatus status) => new() { Status = status };

    private static FrozenSet<string> FindServices(IEnumerable<Endpoint> endpoints) =>
        endpoints
            .Select(endpoint => endpoint.Metadata.GetMetadata<GrpcMethodMetadata>()?.Method.ServiceName)
            .OfType<string>()
            .Append(WholeServer)
            .ToFrozenSet(StringComparer.Ordinal);
}
