using System.Buffers.Binary;
using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace Profiles.Benchmarks.Load;

/// <summary>
/// gRPC callers that share a connection. All answers that have come are checked, and the next requests go out in one write: so a call
/// costs this side a fraction of what it costs the server.
/// </summary>
internal sealed class Http2Connection : IConnection
{
    private const int ReceiveSize = 256 * 1024;
    private const int RenewWindowAfter = 1 << 29;

    private readonly LoadSpec spec;
    private readonly LoadRun run;
    private readonly IReadOnlyList<Caller> callers;
    private readonly byte[][] headers;
    private readonly Template message;
    private readonly Dictionary<int, GrpcExchange> open = [];
    private readonly List<float> latencies = new(capacity: 1 << 16);
    private readonly byte[] input = new byte[ReceiveSize];
    private byte[] output = new byte[ReceiveSize];
    private int filled;
    private int written;
    private int received;
    private int nextStream = 1;

    /// <param name="spec">The load.</param>
    /// <param name="run">Tells when it ends.</param>
    /// <param name="callers">The callers.</param>
    /// <param name="headers">The frame of headers of each token.</param>
    public Http2Connection(LoadSpec spec, LoadRun run, IReadOnlyList<Caller> callers, byte[][] headers)
    {
        (this.spec, this.run, this.callers, this.headers) = (spec, run, callers, headers);
        message = new Template(Http2Frames.RequestMessage(spec.Operation.Message));
    }

    public IReadOnlyList<float> Latencies => latencies;

    public async Task RunAsync()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(spec.Address.Host, spec.Address.Port);
        Append(Http2Frames.Opening);
        foreach (var caller in callers)
            Begin(new GrpcExchange(caller));
        await FlushAsync(socket);
        while (open.Count > 0)
        {
            var count = await socket.ReceiveAsync(input.AsMemory(filled));
            if (count == 0)
                throw new WrongAnswerException("The server closed a connection.");
            filled += count;
            TakeFrames();
            await FlushAsync(socket);
        }
    }

    private void TakeFrames()
    {
        var at = 0;
        while (filled - at >= Http2Frames.HeaderLength)
        {
            var frame = input.AsSpan(at, filled - at);
            var length = (frame[0] << 16) | (frame[1] << 8) | frame[2];
            if (frame.Length < Http2Frames.HeaderLength + length)
                break;
            Take(frame[3], frame[4], BinaryPrimitives.ReadInt32BigEndian(frame[5..]), frame.Slice(Http2Frames.HeaderLength, length));
            at += Http2Frames.HeaderLength + length;
        }

        input.AsSpan(at, filled - at).CopyTo(input);
        filled -= at;
    }

    private void Take(byte type, byte flags, int stream, ReadOnlySpan<byte> payload)
    {
        switch (type)
        {
            case Http2Frames.Data:
                open[stream].Add(payload);
                RenewWindow(payload.Length);
                break;
            case Http2Frames.Headers when (flags & Http2Frames.EndStream) != 0:
                End(stream, payload);
                break;
            case Http2Frames.Settings or Http2Frames.Ping when (flags & Http2Frames.Acknowledgement) == 0:
                Append(Http2Frames.Frame(type, Http2Frames.Acknowledgement, type == Http2Frames.Ping ? payload : []));
                break;
            case Http2Frames.Reset or Http2Frames.GoAway:
                throw new WrongAnswerException($"The server ended a stream or connection: {Convert.ToHexString(payload)}.");
            default:
                break;
        }
    }

    private void End(int stream, ReadOnlySpan<byte> trailers)
    {
        open.Remove(stream, out var exchange);
        var now = Stopwatch.GetTimestamp();
        if (trailers.IndexOf("grpc-status\u00010"u8) < 0 || !exchange!.IsRight(spec.Operation))
        {
            throw new WrongAnswerException(
                $"{spec.Operation.Name}: a wrong answer of {exchange!.Length} bytes; trailers: {Encoding.Latin1.GetString(trailers)}");
        }

        if (run.IsMeasured(now))
            latencies.Add((float)Stopwatch.GetElapsedTime(exchange.Started, now).TotalMilliseconds);
        Begin(exchange);
    }

    private void Begin(GrpcExchange exchange)
    {
        if (run.Ended)
            return;
        exchange.Begin();
        var stream = nextStream;
        nextStream += 2;
        open.Add(stream, exchange);

        var block = headers[headers.Length == 1 ? 0 : exchange.Call.User];
        Http2Frames.SetStream(Append(block), stream);
        var frame = Reserve(message.Length);
        message.Write(frame, exchange.Call);
        Http2Frames.SetStream(frame, stream);
    }

    private void RenewWindow(int length)
    {
        received += length;
        if (received < RenewWindowAfter)
            return;
        Append(Http2Frames.Frame(Http2Frames.WindowUpdate, 0, Http2Frames.BigEndian(received)));
        received = 0;
    }

    private Span<byte> Append(ReadOnlySpan<byte> bytes)
    {
        var target = Reserve(bytes.Length);
        bytes.CopyTo(target);
        return target;
    }

    private Span<byte> Reserve(int length)
    {
        if (output.Length < written + length)
            Array.Resize(ref output, (written + length) * 2);
        written += length;
        return output.AsSpan(written - length, length);
    }

    private async ValueTask FlushAsync(Socket socket)
    {
        for (var sent = 0; sent < written;)
            sent += await socket.SendAsync(output.AsMemory(sent, written - sent));
        written = 0;
    }
}
