using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Profiles.Api;
using Profiles.Transcoding.Tests.Support;
using Profiles.Transcoding.Tests.V1;

namespace Profiles.Transcoding.Tests.Services;

/// <summary>Streams and downloads as it is told.</summary>
internal sealed class StreamService(Gate gate) : V1.StreamService.StreamServiceBase
{
    public override async Task Count(CountRequest request, IServerStreamWriter<CountResponse> responseStream, ServerCallContext context)
    {
        await context.WriteResponseHeadersAsync(new Metadata { { "x-count", $"{request.To}" } });
        for (var i = 1; i <= request.To; i++)
            await responseStream.WriteAsync(new CountResponse { Number = i, Text = "line\nend" }, context.CancellationToken);
        switch (request.Then)
        {
            case "fail":
                throw new RpcException(new Status(StatusCode.DataLoss, "half of it"));
            case "throw":
                throw new InvalidOperationException("the secret of the house");
            case "twice":
                await Task.WhenAll(WriteAsync(responseStream), WriteAsync(responseStream));
                break;
            case "wait":
                gate.Enter();
                try
                {
                    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.CancellationToken);
                }
                finally
                {
                    gate.Leave();
                }

                break;
        }
    }

    public override async Task Download(DownloadRequest request, IServerStreamWriter<HttpBody> responseStream, ServerCallContext context)
    {
        if (request.Then == "etag") await context.WriteResponseHeadersAsync(new Metadata { { "etag", "\"d1\"" } });
        foreach (var part in request.Parts)
            await responseStream.WriteAsync(new HttpBody { ContentType = TypeOf(request), Data = part });
        if (request.Then == "fail") throw new RpcException(new Status(StatusCode.DataLoss, "half of it"));
    }

    public override Task<HttpBody> Fetch(DownloadRequest request, ServerCallContext context) => Task.FromResult(BodyOf(request));

    public override Task<FetchResponse> FetchPart(DownloadRequest request, ServerCallContext context) =>
        Task.FromResult(new FetchResponse { Name = "x", Body = request.Then == "nothing" ? null : BodyOf(request) });

    public override async Task<CountResponse> Create(CountRequest request, ServerCallContext context)
    {
        context.SetHttpStatusCode(request.To);
        await context.WriteResponseHeadersAsync(new Metadata { { "location", "/v1/things/1" }, { "etag", "\"t1\"" } });
        context.ResponseTrailers.Add("retry-after", "5");
        return new CountResponse { Number = 1 };
    }

    public override Task<CountResponse> Replace(CountRequest request, ServerCallContext context)
    {
        context.SetHttpStatusCode(request.To);
        context.ResponseTrailers.Add("etag", "\"t2\"");
        return Task.FromResult(new CountResponse { Number = 1, Text = "not for HTTP where there is no body" });
    }

    public override Task<Empty> Nothing(CountRequest request, ServerCallContext context) => Task.FromResult(new Empty());

    private static HttpBody BodyOf(DownloadRequest request) =>
        new() { ContentType = TypeOf(request), Data = ByteString.CopyFrom([.. request.Parts.SelectMany(part => part)]) };

    private static string TypeOf(DownloadRequest request) => request.Type == "none" ? "" : request.Type;

    private static async Task WriteAsync(IServerStreamWriter<CountResponse> stream)
    {
        for (var i = 0; i < 100; i++) await stream.WriteAsync(new CountResponse());
    }
}
