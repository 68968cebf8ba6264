using Microsoft.AspNetCore.Authorization;
using Profiles.Core.Errors;
using Profiles.Server.Access;

namespace Profiles.Server.Limits;

/// <summary>
/// Refuses calls beyond what the server can carry out, before anything is done for them: no credential is checked, no body
/// read. What is open to everybody, as health is, needs no permit.
/// </summary>
internal sealed class OverloadMiddleware(
    RequestDelegate next, CallPermits permits, NanosecondClock clock, ILogger<OverloadMiddleware> logger)
{
    private const long LogInterval = 10_000_000_000;

    // A caller that comes again at once adds to the load.
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private long refused;
    private long nextLog;

    public Task InvokeAsync(HttpContext context)
    {
        var endpoint = context.GetEndpoint();
        return endpoint.MethodName() is null || endpoint!.Metadata.GetMetadata<IAllowAnonymous>() is not null
            ? next(context)
            : CallAsync(context, endpoint.IsStream());
    }

    private async Task CallAsync(HttpContext context, bool isStream)
    {
        using var permit = await permits.AcquireAsync(isStream, context.RequestAborted);
        if (permit.IsAcquired)
        {
            await next(context);
            return;
        }

        Note();
        await RefusalWriter.WriteAsync(
            context,
            new ProfilesException(ErrorReason.Overloaded, "The server has as many calls as it can carry out. Try again.")
            {
                RetryAfter = RetryAfter,
            });
    }

    // A flood of calls must not become a flood of log events.
    private void Note()
    {
        var count = Interlocked.Increment(ref refused);
        var due = Volatile.Read(ref nextLog);
        var now = clock.Now;
        if (now < due || Interlocked.CompareExchange(ref nextLog, now + LogInterval, due) != due)
            return;
        Interlocked.Add(ref refused, -count);
        ServerLog.Overloaded(logger, count);
    }
}
