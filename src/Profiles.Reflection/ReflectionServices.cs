using Google.Protobuf;
using Grpc.Core;
using Grpc.Reflection.V1;
using Microsoft.AspNetCore.Authorization;
using Old = Grpc.Reflection.V1Alpha;

namespace Profiles.Reflection;

/// <summary><c>grpc.reflection.v1</c>.</summary>
[AllowAnonymous]
internal sealed class ReflectionService(ReflectionIndex index) : ServerReflection.ServerReflectionBase
{
    public override async Task ServerReflectionInfo(
        IAsyncStreamReader<ServerReflectionRequest> requestStream,
        IServerStreamWriter<ServerReflectionResponse> responseStream,
        ServerCallContext context)
    {
        var stream = new ReflectionStream(index);
        await foreach (var request in requestStream.ReadAllAsync(context.CancellationToken))
            await responseStream.WriteAsync(stream.Answer(request));
    }
}

/// <summary><c>grpc.reflection.v1alpha</c>, which older tools speak: the same bytes under another name.</summary>
[AllowAnonymous]
internal sealed class OldReflectionService(ReflectionIndex index) : Old.ServerReflection.ServerReflectionBase
{
    public override async Task ServerReflectionInfo(
        IAsyncStreamReader<Old.ServerReflectionRequest> requestStream,
        IServerStreamWriter<Old.ServerReflectionResponse> responseStream,
        ServerCallContext context)
    {
        var stream = new ReflectionStream(index);
        await foreach (var request in requestStream.ReadAllAsync(context.CancellationToken))
        {
            var answer = stream.Answer(ServerReflectionRequest.Parser.ParseFrom(request.ToByteString()));
            await responseStream.WriteAsync(Old.ServerReflectionResponse.Parser.ParseFrom(answer.ToByteString()));
        }
    }
}
