using Grpc.Core;
using Grpc.Health.V1;
using Microsoft.AspNetCore.Authorization;
using static Grpc.Health.V1.HealthCheckResponse.Types;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace Profiles.Server.Health;

/// <summary><c>grpc.health.v1</c>: every service shares the state of the server, for all need the same database.</summary>
[AllowAnonymous]
internal sealed class HealthService(Readiness readiness, HealthServiceNames names) : Grpc.Health.V1.Health.HealthBase
{
    public override Task<HealthCheckResponse> Check(HealthCheckRequest request, ServerCallContext context) =>
        names.Contains(request.Service)
            ? Task.FromResult(Response())
            : throw new RpcException(new Status(StatusCode.NotFound, "There is no such service here."));

    public override Task<HealthListResponse> List(HealthListRequest request, ServerCallContext context)
    {
        var response = new HealthListResponse();
        foreach (var name in names.All)
            response.Statuses.Add(name, Response());
        return Task.FromResult(response);
    }

    public override async Task Watch(
        HealthCheckRequest request, IServerStreamWriter<HealthCheckResponse> responseStream, ServerCallContext context)
    {
        var known = names.Contains(request.Service);
        var last = (ServingStatus?)null;
        while (true)
        {
            var changed = readiness.Changed;
            var ending = readiness.IsDraining;
            var response = known ? Response() : new HealthCheckResponse { Status = ServingStatus.ServiceUnknown };
            if (response.Status != last)
                await responseStream.WriteAsync(response, context.CancellationToken);
            last = response.Status;
            if (ending)
                throw new RpcException(new Status(StatusCode.Unavailable, "The server is stopping."));
            await changed.WaitAsync(context.CancellationToken);
        }
    }

    private HealthCheckResponse Response() =>
        new() { Status = readiness.IsReady ? ServingStatus.Serving : ServingStatus.NotServing };
}

/// <summary>The names that health is told of: each service's, and the empty one for the server.</summary>
internal sealed class HealthServiceNames(IEnumerable<ServiceDescriptor> services)
{
    private readonly HashSet<string> names = [string.Empty, .. services.Select(service => service.FullName)];

    public IEnumerable<string> All => names;

    public bool Contains(string name) => names.Contains(name);
}
