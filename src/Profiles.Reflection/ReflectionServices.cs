using Google.Protobuf;
using Grpc.Core;
using V1 = Grpc.Reflection.V1;
using V1Alpha = Grpc.Reflection.V1Alpha;

namespace Profiles.Reflection;

/// <summary><c>grpc.reflection.v1.ServerReflection</c>.</summary>
internal sealed class ReflectionService(ReflectionStreams streams) : V1.ServerReflection.ServerReflectionBase
{
    public override Task ServerReflectionInfo(
        IAsyncStreamReader<V1.ServerReflectionRequest> requestStream,
        IServerStreamWriter<V1.ServerReflectionResponse> responseStream,
        ServerCallContext context) =>
        streams.RunAsync(requestStream, responseStream, (session, request) => session.Answer(request), context.CancellationToken);
}

/// <summary><c>grpc.reflection.v1alpha.ServerReflection</c>: the same, under the name that older tools ask for.</summary>
internal sealed class AlphaReflectionService(ReflectionStreams streams) : V1Alpha.ServerReflection.ServerReflectionBase
{
    public override Task ServerReflectionInfo(
        IAsyncStreamReader<V1Alpha.ServerReflectionRequest> requestStream,
        IServerStreamWriter<V1Alpha.ServerReflectionResponse> responseStream,
        ServerCallContext context) =>
        streams.RunAsync(requestStream, responseStream, Answer, context.CancellationToken);

    // The messages of both versions are the same on the wire.
    private static V1Alpha.ServerReflectionResponse Answer(ReflectionSession session, V1Alpha.ServerReflectionRequest request)
    {
        var answer = session.Answer(V1.ServerReflectionRequest.Parser.ParseFrom(request.ToByteString()));
        return V1Alpha.ServerReflectionResponse.Parser.ParseFrom(answer.ToByteString());
    }
}
