using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Grpc.Core;
using Profiles.EndToEnd.Tests.Harness;
using Profiles.V1;

namespace Profiles.EndToEnd.Tests.Gathering;

/// <summary>Sends calls, and records when each was sent, when it was answered, and how.</summary>
internal sealed class CallLog
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentBag<Attempt> attempts = [];
    private long now;

    /// <summary>All calls so far.</summary>
    public IReadOnlyCollection<Attempt> Attempts => attempts;

    public Task ReadAsync(Destination to, Attempt attempt, Haste haste) => SendAsync(
        haste, to, [attempt],
        options => to.Profiles.GetProfileAsync(new GetProfileRequest { UserId = attempt.User }, options),
        answer => Note(attempt, answer.Profile, answer.Profile.Revision));

    public Task WriteAsync(Destination to, Attempt attempt, Haste haste) => SendAsync(
        haste, to, [attempt],
        options => to.Profiles.SetProfileAsync(attempt.Change, options),
        answer => Note(attempt, answer));

    public Task DeleteAsync(Destination to, Attempt attempt, Haste haste) => SendAsync(
        haste, to, [attempt],
        options => to.Profiles.DeleteProfileAsync(new DeleteProfileRequest { UserId = attempt.User }, options),
        answer => Note(attempt, profile: null, (long)answer.Details.Sequence));

    /// <summary>Writes to several users at once, by attempts that share their id.</summary>
    public Task WriteManyAsync(Destination to, IReadOnlyList<Attempt> batch, Haste haste) => SendAsync(
        haste, to, batch,
        options => to.Profiles.BatchSetProfilesAsync(
            new BatchSetProfilesRequest { Requests = { batch.Select(attempt => attempt.Change) } }, options),
        answer =>
        {
            foreach (var (attempt, outcome) in batch.Zip(answer.Outcomes))
            {
                if (outcome.Error is { } error)
                    (attempt.Status, attempt.Reason) = ((StatusCode)error.Code, error.Reason());
                else
                    Note(attempt, outcome.Response);
            }
        });

    private async Task SendAsync<T>(
        Haste haste, Destination to, IReadOnlyList<Attempt> calls, Func<CallOptions, AsyncUnaryCall<T>> send, Action<T> note)
    {
        using var caller = new CancellationTokenSource(haste.GivesUpAfter ?? Patience, TimeProvider.System);
        var options = ProfilesTest.As(to.Token, ("x-request-id", calls[0].Id)).WithCancellationToken(caller.Token);
        if (haste.Deadline is { } deadline)
            options = options.WithDeadline(TimeProvider.System.GetUtcNow().UtcDateTime.Add(deadline));
        var sent = Interlocked.Increment(ref now);
        foreach (var call in calls)
            call.Sent = sent;
        try
        {
            note(await send(options));
        }
        catch (RpcException failure)
        {
            foreach (var call in calls)
            {
                call.Status = failure.StatusCode;
                call.Reason = call.IsOpen ? string.Empty : failure.Reason();
            }
        }

        var answered = Interlocked.Increment(ref now);
        foreach (var call in calls)
        {
            call.Answered = call.IsOpen ? long.MaxValue : answered;
            attempts.Add(call);
        }
    }

    private static void Note(Attempt attempt, SetProfileResponse answer)
    {
        Note(attempt, answer.Profile, (long)answer.Details.Sequence);
        attempt.Unchanged = answer.Unchanged;
    }

    private static void Note(Attempt attempt, Profile? profile, long revision) =>
        (attempt.Status, attempt.Profile, attempt.Revision) = (StatusCode.OK, profile, revision);
}

/// <summary>Where calls go to.</summary>
/// <param name="Profiles">A server.</param>
/// <param name="Token">The credential.</param>
internal sealed record Destination(ProfileService.ProfileServiceClient Profiles, string Token);

/// <summary>How little time a caller has.</summary>
/// <param name="GivesUpAfter">When it gives up; null for not.</param>
/// <param name="Deadline">What it tells the server; null for nothing special.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Haste(TimeSpan? GivesUpAfter, TimeSpan? Deadline);
