using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Net.Client;

namespace Profiles.Wire.Tests.Protocols;

/// <summary>gRPC over HTTP/2, by the client of gRPC for .NET.</summary>
internal sealed class GrpcProtocol(GrpcChannel channel) : IProtocol
{
    private static readonly Marshaller<byte[]> bytes = Marshallers.Create(message => message, message => message);

    public async Task<Outcome> CallAsync(MethodDescriptor method, IMessage request)
    {
        var messages = new List<IMessage>();
        try
        {
            await foreach (var answer in AnswersAsync(method, request.ToByteArray()))
                messages.Add(method.OutputType.Parser.ParseFrom(answer));
            return new Outcome(messages, Outcome.Success);
        }
        catch (RpcException error)
        {
            return new Outcome(messages, StatusTrailers.Read(error.Status, error.Trailers));
        }
    }

    private async IAsyncEnumerable<byte[]> AnswersAsync(MethodDescriptor method, byte[] request)
    {
        var invoker = channel.CreateCallInvoker();
        if (!method.IsServerStreaming)
        {
            yield return await invoker.AsyncUnaryCall(Describe(method, MethodType.Unary), null, default, request);
            yield break;
        }

        using var call = invoker.AsyncServerStreamingCall(Describe(method, MethodType.ServerStreaming), null, default, request);
        await foreach (var answer in call.ResponseStream.ReadAllAsync())
            yield return answer;
    }

    private static Method<byte[], byte[]> Describe(MethodDescriptor method, MethodType type) =>
        new(type, method.Service.FullName, method.Name, bytes, bytes);
}
