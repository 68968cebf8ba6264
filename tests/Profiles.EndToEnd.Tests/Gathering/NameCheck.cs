using Profiles.V1;

namespace Profiles.EndToEnd.Tests.Gathering;

/// <summary>Whether each name had one owner at a time, and was refused only while another user may have had it.</summary>
/// <param name="histories">The histories of all users.</param>
internal sealed class NameCheck(IReadOnlyCollection<UserHistory> histories)
{
    /// <summary>What does not agree.</summary>
    public IEnumerable<string> Problems()
    {
        var tenures = histories.SelectMany(TenuresOf).ToLookup(tenure => tenure.Name, StringComparer.Ordinal);
        foreach (var name in tenures)
        {
            foreach (var (one, other) in name.SelectMany(one => name.Select(other => (one, other))))
            {
                if (string.CompareOrdinal(one.User, other.User) < 0 && one.Overlaps(other))
                    yield return $"{name.Key} had two owners: {one} and {other}";
            }
        }

        foreach (var (user, refused) in histories.SelectMany(history => history.Attempts
            .Where(attempt => attempt.Reason is RefusalCheck.Taken or RefusalCheck.Held).Select(attempt => (history.User, attempt))))
        {
            if (!tenures[refused.Change!.Profile.PreferredUsername].Any(tenure => tenure.User != user && tenure.MayMeet(refused)))
                yield return $"{refused.Id}: nobody else had {refused.Change.Profile.PreferredUsername}";
        }
    }

    private static IEnumerable<Tenure> TenuresOf(UserHistory history)
    {
        Step? taken = null;
        foreach (var step in history.Steps)
        {
            var (before, after) = (NameIn(taken?.State), NameIn(step.State));
            if (before == after)
                continue;
            if (before is not null)
                yield return new Tenure(before, history.User, taken!, step);
            taken = after is null ? null : step;
        }

        if (taken is not null)
            yield return new Tenure(NameIn(taken.State)!, history.User, taken, null);
    }

    private static string? NameIn(Profile? state) => state is { HasPreferredUsername: true } ? state.PreferredUsername : null;

    // From the step that took a name to the one that gave it up.
    private sealed record Tenure(string Name, string User, Step Taken, Step? GivenUp)
    {
        // For certain, that is: from when taking it was known to when giving it up was sent.
        public bool Overlaps(Tenure other) => Math.Max(Taken.Answered, other.Taken.Answered)
            < Math.Min(GivenUp?.Sent ?? long.MaxValue, other.GivenUp?.Sent ?? long.MaxValue);

        public bool MayMeet(Attempt attempt) =>
            Taken.Sent < attempt.Answered && (GivenUp?.Answered ?? long.MaxValue) > attempt.Sent;
    }
}
