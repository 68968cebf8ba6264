using Grpc.Core;
using Kinds.V1;
using Profiles.Core.Errors;
using Service = Kinds.V1.Kinds;

namespace Profiles.Server.Tests.Streams;

/// <summary>Repeats what it is sent, or fails as the text says.</summary>
internal sealed class KindsService : Service.KindsBase
{
    public const string Violation = "violation";
    public const string Bug = "bug";
    public const string Wait = "wait";

    public override async Task<Text> Unary(Text request, ServerCallContext context)
    {
        await ActAsync(request, context);
        return request;
    }

    public override async Task ServerStreaming(Text request, IServerStreamWriter<Text> responseStream, ServerCallContext context)
    {
        await ActAsync(request, context);
        await responseStream.WriteAsync(request);
    }

    public override async Task<Text> ClientStreaming(IAsyncStreamReader<Text> requestStream, ServerCallContext context)
    {
        await requestStream.MoveNext();
        await ActAsync(requestStream.Current, context);
        return requestStream.Current;
    }

    public override async Task DuplexStreaming(
        IAsyncStreamReader<Text> requestStream, IServerStreamWriter<Text> responseStream, ServerCallContext context)
    {
        await requestStream.MoveNext();
        await ActAsync(requestStream.Current, context);
        await responseStream.WriteAsync(requestStream.Current);
    }

    private static Task ActAsync(Text request, ServerCallContext context) =>
        request.Text_ switch
        {
            Violation => throw ProfilesException.Invalid("text", "must be something else"),
            Bug => throw new InvalidOperationException("A secret."),
            Wait => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.CancellationToken),
            _ => Task.CompletedTask,
        };
}
