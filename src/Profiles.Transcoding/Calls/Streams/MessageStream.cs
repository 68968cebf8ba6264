using Google.Protobuf;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Profiles.Transcoding.Calls;

/// <summary>A stream of JSON texts, each sent when it is written.</summary>
internal sealed class MessageStream<TResponse> : ResponseStream<TResponse>, IAsyncDisposable
    where TResponse : class
{
    private readonly ResponseWriter _writer;
    private readonly StreamFraming _framing;

    // Messages and heartbeats come from two sides.
    private readonly SemaphoreSlim _turn = new(1);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _heartbeats;
    private long _count;
    private bool _silent;

    public MessageStream(TranscodingCallContext call, TranscodingSettings settings, ResponseWriter writer, StreamFraming framing)
        : base(call, settings)
    {
        _writer = writer;
        _framing = framing;
        _heartbeats = framing.Heartbeat.IsEmpty || Context.Request.Method == HttpMethods.Head ? Task.CompletedTask : SendHeartbeatsAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _heartbeats;
        _stop.Dispose();
        _turn.Dispose();
    }

    protected override async Task WriteMessageAsync(IMessage message)
    {
        using var text = new PooledBuffer();
        _framing.BeginMessage(text, ++_count);
        _writer.Format(message, text);
        _framing.EndMessage(text);
        Demand(text.Written.Length);
        await SendAsync(text.Written, isLast: false);
    }

    protected override async Task<bool> WriteErrorAsync(Google.Rpc.Status status)
    {
        using var text = new PooledBuffer();
        _framing.BeginError(text);
        Settings.Json.Write(status, text);
        _framing.EndError(text);
        await SendAsync(text.Written, isLast: true);
        return true;
    }

    protected override async Task WriteEndAsync()
    {
        using var text = new PooledBuffer();
        _framing.End(text);
        await SendAsync(text.Written, isLast: true);
    }

    private async Task SendAsync(ReadOnlyMemory<byte> text, bool isLast)
    {
        await _turn.WaitAsync(Context.RequestAborted);
        try
        {
            if (IsEnded && !isLast) throw new OperationCanceledException("The call has ended.");
            _silent = false;
            await BeginAsync(SetHeaders);
            if (IsAnswered || text.IsEmpty) return;
            await Context.Response.BodyWriter.WriteAsync(text, Context.RequestAborted);
            Context.RequestAborted.ThrowIfCancellationRequested();
        }
        finally
        {
            _turn.Release();
        }
    }

    private void SetHeaders(HttpResponse response)
    {
        response.ContentType = _framing.ContentType;
        // Whatever stands between here and the reader shall pass on each message when it comes.
        response.Headers.CacheControl = "no-cache";
        response.Headers.Append(HeaderNames.Vary, HeaderNames.Accept);
        response.Headers["x-accel-buffering"] = "no";
    }

    private async Task SendHeartbeatsAsync()
    {
        using var timer = new PeriodicTimer(Settings.Options.EventHeartbeat, Settings.Clock);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                if (_silent) await SendAsync(_framing.Heartbeat, isLast: false);
                _silent = true;
            }
        }
        catch (OperationCanceledException)
        {
            // The stream is at its end, or its reader has gone.
        }
        catch (IOException)
        {
            // The connection broke: the next write says so to the method.
        }
    }
}
