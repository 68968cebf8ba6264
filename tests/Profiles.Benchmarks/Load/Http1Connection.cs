using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace Profiles.Benchmarks.Load;

/// <summary>A caller over HTTP/1.1, with a connection of its own: REST, or gRPC-Web.</summary>
/// <param name="spec">The load.</param>
/// <param name="run">Tells when it ends.</param>
/// <param name="caller">The caller.</param>
/// <param name="requests">The request of each token.</param>
internal sealed class Http1Connection(LoadSpec spec, LoadRun run, Caller caller, Template[] requests) : IConnection
{
    private readonly List<float> latencies = new(capacity: 1 << 12);
    private readonly Http1Answer answer = new();

    public IReadOnlyList<float> Latencies => latencies;

    public async Task RunAsync()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(spec.Address.Host, spec.Address.Port);
        var output = new byte[8192];
        while (!run.Ended)
        {
            var call = caller.Next();
            var request = requests[requests.Length == 1 ? 0 : call.User];
            request.Write(output, call);
            var start = Stopwatch.GetTimestamp();
            for (var sent = 0; sent < request.Length;)
                sent += await socket.SendAsync(output.AsMemory(sent, request.Length - sent));
            answer.Begin();
            while (!answer.IsWhole())
                answer.Received(await socket.ReceiveAsync(answer.Room));
            var now = Stopwatch.GetTimestamp();
            Check(call);
            if (run.IsMeasured(now))
                latencies.Add((float)Stopwatch.GetElapsedTime(start, now).TotalMilliseconds);
        }
    }

    private void Check(in Call call)
    {
        var body = answer.Body;
        var isRight = spec.Protocol == Protocol.Rest
            ? spec.Operation.IsRight(body, call)
            : body.IndexOf("grpc-status: 0\r\n"u8) > 0 && spec.Operation.IsRight(body, call);
        if (!answer.IsOk || !isRight)
            throw new WrongAnswerException($"{spec.Operation.Name}: a wrong answer: {Encoding.Latin1.GetString(answer.Everything)}");
    }
}
