using Google.Protobuf;
using Grpc.Core;
using Profiles.V1;

namespace Profiles.EndToEnd.Tests.Harness;

/// <summary>Calls with bytes instead of messages, so that a test can send what no generated client would.</summary>
internal static class RawGrpc
{
    /// <summary>Messages as they are on the wire.</summary>
    public static readonly Marshaller<byte[]> Bytes = Marshallers.Create<byte[]>(bytes => bytes, bytes => bytes);

    public static AsyncUnaryCall<byte[]> CallRaw(this CallInvoker invoker, string rpc, byte[] request, CallOptions options) =>
        invoker.CallRaw(ProfileService.Descriptor.FullName, rpc, request, options);

    public static AsyncUnaryCall<byte[]> CallRaw(
        this CallInvoker invoker, string service, string rpc, byte[] request, CallOptions options) =>
        invoker.AsyncUnaryCall(new Method<byte[], byte[]>(MethodType.Unary, service, rpc, Bytes, Bytes), null, options, request);

    public static AsyncUnaryCall<byte[]> CallRaw(this CallInvoker invoker, RpcExample example, CallOptions options) =>
        invoker.CallRaw(example.Service, example.Rpc, example.Request.ToByteArray(), options);

    /// <summary>The code that a call ends with.</summary>
    public static async Task<StatusCode> CodeOf(AsyncUnaryCall<byte[]> call)
    {
        try
        {
            await call;
            return StatusCode.OK;
        }
        catch (RpcException exception)
        {
            return exception.StatusCode;
        }
    }
}
