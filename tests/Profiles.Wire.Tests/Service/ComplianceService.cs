using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Profiles.Wire.Tests.V1;

namespace Profiles.Wire.Tests.Service;

/// <summary>Answers with what it was sent, and fails as it is told.</summary>
internal sealed class ComplianceService : V1.ComplianceService.ComplianceServiceBase
{
    public override Task<EchoResponse> EchoWhole(EchoRequest request, ServerCallContext context) => Echo(request, context);

    public override Task<EchoResponse> EchoData(EchoRequest request, ServerCallContext context) => Echo(request, context);

    public override Task<EchoResponse> EchoBeside(EchoRequest request, ServerCallContext context) => Echo(request, context);

    public override Task<EchoResponse> EchoQuery(EchoRequest request, ServerCallContext context) => Echo(request, context);

    public override Task<EchoResponse> EchoPath(EchoRequest request, ServerCallContext context) => Echo(request, context);

    public override Task<EchoResponse> EchoResource(EchoRequest request, ServerCallContext context) => Echo(request, context);

    public override Task<EchoResponse> EchoPart(EchoRequest request, ServerCallContext context) => Echo(request, context);

    public override async Task EchoStream(StreamRequest request, IServerStreamWriter<EchoResponse> responseStream, ServerCallContext context)
    {
        for (var i = 0; i < request.Times; i++)
            await responseStream.WriteAsync(await Echo(request.Request, context), context.CancellationToken);
        if (request.Failure is { } failure)
            throw Failure(failure);
    }

    public override Task<Empty> Fail(FailRequest request, ServerCallContext context) => throw Failure(request);

    private static Task<EchoResponse> Echo(EchoRequest request, ServerCallContext context) =>
        Task.FromResult(new EchoResponse { Request = request, Method = context.Method });

    private static RpcException Failure(FailRequest failure)
    {
        var status = new Google.Rpc.Status { Code = failure.Code, Message = failure.Message, Details = { failure.Details } };
        return new RpcException(
            new Status((StatusCode)failure.Code, failure.Message),
            new Metadata { { "grpc-status-details-bin", status.ToByteArray() }, { "x-failure", "told" } });
    }
}
