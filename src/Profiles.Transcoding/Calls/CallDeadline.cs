using Microsoft.AspNetCore.Http;
using Profiles.Transcoding.Errors;

namespace Profiles.Transcoding.Calls;

/// <summary>The end of a call's time: by its deadline, or because the client has gone.</summary>
internal sealed class CallDeadline : IDisposable
{
    private readonly CancellationTokenSource? _timer;
    private readonly CancellationTokenSource? _either;
    private readonly CancellationToken _clientGone;

    private CallDeadline(CancellationToken clientGone) => _clientGone = clientGone;

    private CallDeadline(TimeSpan timeout, TimeProvider clock, CancellationToken clientGone)
        : this(clientGone)
    {
        Time = clock.GetUtcNow().UtcDateTime + timeout;
        _timer = new CancellationTokenSource(timeout, clock);
        _either = CancellationTokenSource.CreateLinkedTokenSource(clientGone, _timer.Token);
    }

    /// <summary>When time is up, in UTC; <see cref="DateTime.MaxValue"/> for never.</summary>
    public DateTime Time { get; } = DateTime.MaxValue;

    public CancellationToken Token => _either?.Token ?? _clientGone;

    /// <summary>Cancelled by the deadline alone.</summary>
    public CancellationToken TimeIsUp => _timer?.Token ?? CancellationToken.None;

    public bool ClientHasGone => _clientGone.IsCancellationRequested;

    /// <exception cref="RequestFault">The header is malformed: whoever sends one relies on it.</exception>
    public static CallDeadline Start(HttpContext context, TimeProvider clock)
    {
        if (!context.Request.Headers.TryGetValue(GrpcTimeout.Header, out var header)) return new CallDeadline(context.RequestAborted);
        if (!GrpcTimeout.TryParse(header.ToString(), out var timeout))
            throw RequestFault.Invalid("The header grpc-timeout must be up to eight digits and one of H, M, S, m, u, n.");
        return new CallDeadline(timeout, clock, context.RequestAborted);
    }

    public void Dispose()
    {
        _either?.Dispose();
        _timer?.Dispose();
    }
}
