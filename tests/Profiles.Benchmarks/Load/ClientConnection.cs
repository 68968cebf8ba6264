using System.Diagnostics;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;

namespace Profiles.Benchmarks.Load;

/// <summary>Callers that share a channel of Grpc.Net.Client, as those of a .NET backend do: what such a client costs is part of the figures.</summary>
internal sealed class ClientConnection(LoadSpec spec, LoadRun run, IReadOnlyList<Caller> callers) : IConnection
{
    private static readonly Marshaller<byte[]> Bytes = Marshallers.Create(bytes => bytes, bytes => bytes);

    private readonly Method<byte[], byte[]> method = MethodOf(spec.Operation.GrpcPath);
    private readonly Template message = new(spec.Operation.Message.ToByteArray());
    private List<float> latencies = [];

    public IReadOnlyList<float> Latencies => latencies;

    public async Task RunAsync()
    {
        using var channel = GrpcChannel.ForAddress(spec.Address);
        var invoker = channel.CreateCallInvoker();
        latencies = [.. (await Task.WhenAll(callers.Select(caller => CallAsync(invoker, caller)))).SelectMany(each => each)];
    }

    private async Task<List<float>> CallAsync(CallInvoker invoker, Caller caller)
    {
        var measured = new List<float>();
        while (!run.Ended)
        {
            var call = caller.Next();
            var started = Stopwatch.GetTimestamp();
            var request = new byte[message.Length];
            message.Write(request, call);
            var answer = await invoker.AsyncUnaryCall(method, host: null, new CallOptions(HeadersOf(call)), request);
            var now = Stopwatch.GetTimestamp();
            if (!spec.Operation.IsRight(answer, call))
                throw new WrongAnswerException($"{spec.Operation.Name}: a wrong answer of {answer.Length} bytes");
            if (run.IsMeasured(now))
                measured.Add((float)Stopwatch.GetElapsedTime(started, now).TotalMilliseconds);
        }

        return measured;
    }

    private Metadata HeadersOf(Call call) =>
        spec.Tokens.Count == 0
            ? []
            : new Metadata { { "authorization", $"Bearer {spec.Tokens[spec.Tokens.Count == 1 ? 0 : call.User]}" } };

    private static Method<byte[], byte[]> MethodOf(string path)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return new Method<byte[], byte[]>(MethodType.Unary, parts[0], parts[1], Bytes, Bytes);
    }
}
