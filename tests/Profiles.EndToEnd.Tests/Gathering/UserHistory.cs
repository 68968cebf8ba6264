using Profiles.V1;

namespace Profiles.EndToEnd.Tests.Gathering;

/// <summary>The changes of a user as the service recorded them, each with the call that made it and the state after it.</summary>
internal sealed class UserHistory
{
    private readonly List<Step> steps = [new Step(null, null, null, Sent: 0, Answered: 0)];
    private readonly long[] lastSent;
    private readonly long[] firstAnswered;

    /// <param name="user">The user.</param>
    /// <param name="changes">What the service recorded, from the first change to the last.</param>
    /// <param name="attempts">All calls to that user.</param>
    public UserHistory(string user, IReadOnlyList<ProfileChange> changes, IReadOnlyCollection<Attempt> attempts)
    {
        User = user;
        Attempts = attempts;
        var byId = attempts.ToDictionary(attempt => attempt.Id, StringComparer.Ordinal);
        var known = attempts.Where(attempt => attempt.IsAcknowledged).ToLookup(attempt => attempt.Request, StringComparer.Ordinal);
        foreach (var change in changes)
        {
            // What nobody sent has no maker.
            var maker = byId.GetValueOrDefault(change.HttpRequestId);
            var answered = maker is null ? [] : known[maker.Request].Select(attempt => attempt.Answered);
            steps.Add(new Step(change, maker, States.After(steps[^1].State, maker), maker?.Sent ?? 0, answered.Append(long.MaxValue).Min()));
        }

        lastSent = new long[steps.Count];
        firstAnswered = new long[steps.Count];
        firstAnswered[^1] = long.MaxValue;
        for (var i = 1; i < steps.Count; i++)
        {
            lastSent[i] = Math.Max(lastSent[i - 1], steps[i].Sent);
            firstAnswered[^(i + 1)] = Math.Min(firstAnswered[^i], steps[^i].Answered);
        }
    }

    public string User { get; }

    public IReadOnlyCollection<Attempt> Attempts { get; }

    /// <summary>By revision, the time before the first change included.</summary>
    public IReadOnlyList<Step> Steps => steps;

    /// <summary>Whether no change stands before one that was answered before it was sent.</summary>
    public bool IsInOrder(long revision) => lastSent[revision] < firstAnswered[revision];

    /// <summary>Whether a call may have met the user in a state: one that began before the call's end, and did not end before the call.</summary>
    public bool MayHaveMet(Attempt attempt, Func<Step, long, bool> state) =>
        Enumerable.Range(0, steps.Count).Any(i =>
            lastSent[i] < attempt.Answered && firstAnswered[i] > attempt.Sent && state(steps[i], i));

    /// <summary>The changes of a request; more than one is an error.</summary>
    public IEnumerable<(Step Step, long Revision)> MadeBy(Attempt attempt) =>
        steps.Select((step, revision) => (step, (long)revision)).Where(made => made.step.Maker?.Request == attempt.Request);
}

/// <summary>A change of a user.</summary>
/// <param name="Change">What the service recorded; null for the time before the first one.</param>
/// <param name="Maker">The call that made it; null for none.</param>
/// <param name="State">The profile after it, as the calls tell; null for none.</param>
/// <param name="Sent">When the call was sent.</param>
/// <param name="Answered">When it was known to have taken place.</param>
internal sealed record Step(ProfileChange? Change, Attempt? Maker, Profile? State, long Sent, long Answered)
{
    public bool IsDeletion => Maker?.Kind == AttemptKind.Delete;
}
