using Profiles.V1;

namespace Profiles.EndToEnd.Tests.Gathering;

/// <summary>
/// Holds what callers were told against what the service recorded of a user: every acknowledged write took place once, none that was
/// refused did, and all of them in an order that agrees with the time at which callers sent and got answers.
/// </summary>
/// <param name="history">The user's history.</param>
internal sealed class HistoryCheck(UserHistory history)
{
    private readonly List<string> problems = [];

    /// <summary>What does not agree.</summary>
    /// <param name="last">The profile as it is in the end; null for none.</param>
    public IReadOnlyList<string> Problems(Profile? last)
    {
        for (var revision = 1; revision < history.Steps.Count; revision++)
            CheckChange(history.Steps[revision - 1], history.Steps[revision], revision);
        CheckValues();
        foreach (var attempt in history.Attempts)
            CheckAttempt(attempt);
        var end = history.Steps.Count - 1;
        Expect(States.Of(last), history.Steps[^1].State, $"the end, revision {end}");
        Expect(last?.Revision ?? end, (long)end, "the last revision");
        return problems;
    }

    private void CheckChange(Step before, Step step, long revision)
    {
        var (change, what) = (step.Change!, $"revision {revision}");
        Expect(change.Revision, revision, what);
        if (step.Maker is not { } maker)
        {
            problems.Add($"{history.User}: {what}: nobody sent {change.HttpRequestId}");
            return;
        }

        what += $" by {maker.Id}";
        var type = step.State is null ? ProfileChangeType.Deleted
            : before.State is null ? ProfileChangeType.Created
            : ProfileChangeType.Updated;
        Expect(change.Type, type, what);
        Expect(history.IsInOrder(revision), expected: true, $"{what}: agrees with time");
        Expect(history.MadeBy(maker).Count(), 1, $"{what}: changes by this request");
        Expect(maker.IsAcknowledged || maker.IsOpen, expected: true, $"{what}: was not refused ({maker.Status} {maker.Reason})");
        Expect(maker.Guard ?? revision - 1, revision - 1, $"{what}: the etag");
        if (maker.Change is { MustExist: true } or null)
            Expect(before.State is not null, expected: true, $"{what}: there is a profile");
        if (before.Change is { } earlier)
            Expect(change.ChangeTime >= earlier.ChangeTime, expected: true, $"{what}: time goes on");
    }

    // Deletions erase the values before them.
    private void CheckValues()
    {
        var first = history.Steps.ToList().FindLastIndex(step => step.IsDeletion) + 1;
        Profile? state = null;
        for (var i = Math.Max(first, 1); i < history.Steps.Count; i++)
        {
            state = States.After(state, history.Steps[i].Change!);
            Expect(state, history.Steps[i].State, $"revision {i}: the values in the history");
        }
    }

    private void CheckAttempt(Attempt attempt)
    {
        if (attempt.IsOpen)
            return;
        if (!attempt.IsAcknowledged)
        {
            var fits = RefusalCheck.Fits(attempt, history);
            Expect(fits, expected: true, $"{attempt.Id}: refused for good reason ({attempt.Status} {attempt.Reason})");
            return;
        }

        var made = history.MadeBy(attempt).Select(change => change.Revision).ToList();
        var writes = attempt.Kind != AttemptKind.Read && !attempt.Unchanged;
        Expect(made.Count, writes ? 1 : 0, $"{attempt.Id}: changes by this request");
        if (writes)
            Expect(made.FirstOrDefault(), attempt.Revision, $"{attempt.Id}: the revision of its change");
        if (attempt.Revision >= history.Steps.Count)
        {
            problems.Add($"{history.User}: {attempt.Id}: revision {attempt.Revision} is not in the history");
            return;
        }

        var step = history.Steps[(int)attempt.Revision];
        Expect(States.Of(attempt.Profile), step.State, $"{attempt.Id}: the profile in the answer");
        if (writes)
            return;
        Expect(history.MayHaveMet(attempt, (_, revision) => revision == attempt.Revision), expected: true, $"{attempt.Id}: saw a present state");
        Expect(States.After(step.State, attempt), step.State, $"{attempt.Id}: changed nothing");
    }

    private void Expect<T>(T actual, T expected, string what)
    {
        if (!EqualityComparer<T>.Default.Equals(actual, expected))
            problems.Add($"{history.User}: {what}: expected {expected?.ToString() ?? "none"}, not {actual?.ToString() ?? "none"}");
    }
}
