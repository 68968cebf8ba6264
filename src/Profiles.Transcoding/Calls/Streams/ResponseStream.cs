using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Profiles.Transcoding.Errors;

namespace Profiles.Transcoding.Calls;

/// <summary>What a server-streaming method writes to. The response begins with its first message.</summary>
internal abstract class ResponseStream<TResponse>(TranscodingCallContext call, TranscodingSettings settings)
    : IServerStreamWriter<TResponse>, IErrorStream
    where TResponse : class
{
    private int _writing;

    /// <summary>All there is to answer has been answered although the method is not at its end: the request was HEAD, or the answer is 304.</summary>
    public bool IsAnswered { get; private set; }

    public WriteOptions? WriteOptions { get; set; }

    /// <summary>The end, or an error, was written or is about to be.</summary>
    protected bool IsEnded { get; private set; }

    protected HttpContext Context => call.HttpContext;

    protected TranscodingSettings Settings => settings;

    public async Task WriteAsync(TResponse message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (Interlocked.Exchange(ref _writing, 1) != 0)
            throw new InvalidOperationException("The message cannot be written because the write before it is still in progress.");
        try
        {
            call.CancellationToken.ThrowIfCancellationRequested();
            if (IsEnded) throw new InvalidOperationException("The message cannot be written because the call has ended.");
            await WriteMessageAsync((IMessage)message);
            if (IsAnswered) throw new OperationCanceledException("Nothing more of the stream is wanted.");
        }
        finally
        {
            Volatile.Write(ref _writing, 0);
        }
    }

    // Cancelled, it ends the wait: what is on its way cannot be called back.
    public Task WriteAsync(TResponse message, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return WriteAsync(message).WaitAsync(cancellationToken);
    }

    public async Task<bool> TryWriteErrorAsync(Google.Rpc.Status status)
    {
        IsEnded = true;
        return await WriteErrorAsync(status);
    }

    /// <summary>Ends a stream in which nothing failed.</summary>
    public async Task EndAsync()
    {
        IsEnded = true;
        await WriteEndAsync();
    }

    protected abstract Task WriteMessageAsync(IMessage message);

    protected abstract Task<bool> WriteErrorAsync(Google.Rpc.Status status);

    protected abstract Task WriteEndAsync();

    /// <summary>Sets headers and begins the response, unless it has begun.</summary>
    /// <param name="setOwn">Sets what the form needs.</param>
    protected async Task BeginAsync(Action<HttpResponse> setOwn)
    {
        var response = Context.Response;
        if (response.HasStarted) return;
        setOwn(response);
        call.AppendHeaders();
        if (ConditionalGet.IsNotModified(Context))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            response.ContentType = null;
            IsAnswered = true;
        }
        else if (Context.Request.Method == HttpMethods.Head || ResponseWriter.HasNoBody(response.StatusCode))
        {
            IsAnswered = true;
        }

        if (IsAnswered) await response.CompleteAsync();
        else await response.StartAsync(Context.RequestAborted);
    }

    protected void Demand(int length)
    {
        if (length > settings.MaxResponseBodySize) throw RequestFault.ResponseTooLarge();
    }
}
