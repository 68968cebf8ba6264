using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Profiles.Transcoding.Tests.Support;
using Profiles.Transcoding.Tests.V1;

namespace Profiles.Transcoding.Tests.Services;

/// <summary>Echoes, fails and waits as it is told.</summary>
internal sealed class EchoService(Gate gate) : V1.EchoService.EchoServiceBase
{
    public override Task<Kinds> Echo(Kinds request, ServerCallContext context) => Task.FromResult(request);

    public override Task<BodyRequest> EchoBody(BodyRequest request, ServerCallContext context) => Task.FromResult(request);

    public override Task<Empty> Fail(FailRequest request, ServerCallContext context) => request.Mode switch
    {
        "throw" => throw new InvalidOperationException("the secret of the house"),
        "rich" => throw Rich(),
        "violations" => throw Violations(),
        "bad-details" => throw new RpcException(
            new Grpc.Core.Status(StatusCode.NotFound, "gone"), new Metadata { { "grpc-status-details-bin", [0xff] } }),
        "trailers" => throw new RpcException(
            new Grpc.Core.Status(StatusCode.Unauthenticated, "who?"), new Metadata { { "www-authenticate", "Bearer" } }),
        "status" => SetStatus(context),
        "null" => Task.FromResult<Empty>(null!),
        "cancelled" => throw new OperationCanceledException(),
        _ => throw new RpcException(new Grpc.Core.Status(System.Enum.Parse<StatusCode>(request.Mode), "as told")),
    };

    public override Task<InspectResponse> Inspect(InspectRequest request, ServerCallContext context)
    {
        var response = new InspectResponse
        {
            Method = context.Method,
            Host = context.Host,
            Peer = context.Peer,
            HasDeadline = context.Deadline < DateTime.MaxValue,
        };
        foreach (var entry in context.RequestHeaders) response.Headers[entry.Key] = entry.IsBinary ? "binary" : entry.Value;
        response.Interceptors.Add((List<string>)context.UserState[TraceInterceptor.Key]);
        Assert.That(context.GetHttpContext().Request.Path.Value, Is.EqualTo("/v1/inspect"));
        return Task.FromResult(response);
    }

    public override async Task<Empty> Wait(InspectRequest request, ServerCallContext context)
    {
        gate.Enter();
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.CancellationToken);
            return new Empty();
        }
        finally
        {
            gate.Leave();
        }
    }

    private static Task<Empty> SetStatus(ServerCallContext context)
    {
        context.Status = new Grpc.Core.Status(StatusCode.DataLoss, "half of it");
        var details = new Google.Rpc.Status { Details = { Any.Pack(new RequestInfo { RequestId = "r" }) } };
        context.ResponseTrailers.Add("grpc-status-details-bin", details.ToByteArray());
        return Task.FromResult(new Empty());
    }

    private static RpcException Violations()
    {
        var info = Any.Pack(new ErrorInfo { Type = "NOT_NOW", Domain = "tests" });
        var status = new Google.Rpc.Status { Details = { Any.Pack(Violation("a")), info, Any.Pack(Violation("b")), info } };
        return new RpcException(
            new Grpc.Core.Status(StatusCode.InvalidArgument, "no"), new Metadata { { "grpc-status-details-bin", status.ToByteArray() } });
    }

    private static BadRequest Violation(string field) =>
        new() { FieldViolations = { new BadRequest.Types.FieldViolation { Field = field, Description = "must not" } } };

    private static RpcException Rich()
    {
        var status = new Google.Rpc.Status
        {
            Code = (int)StatusCode.FailedPrecondition,
            Message = "not now",
            Details =
            {
                Any.Pack(new ErrorInfo { Type = "NOT_NOW", Domain = "tests" }),
                new Any { TypeUrl = "type.googleapis.com/nobody.knows.This", Value = ByteString.CopyFrom(1) },
                Any.Pack(new RetryInfo { RetryDelay = Duration.FromTimeSpan(TimeSpan.FromSeconds(1.5)) }),
            },
        };
        var trailers = new Metadata { { "grpc-status-details-bin", status.ToByteArray() }, { "retry-after", "2" } };
        return new RpcException(new Grpc.Core.Status(StatusCode.FailedPrecondition, "not now"), trailers);
    }
}
