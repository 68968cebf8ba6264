namespace Profiles.Core.Usernames;

/// <summary>A name to deny.</summary>
/// <param name="Text">The name.</param>
/// <param name="Replacement">What its owner is to be called; empty for nothing.</param>
public sealed record DenyRequest(string Text, string Replacement);

/// <summary>What became of one name.</summary>
/// <param name="Text">The name as given.</param>
/// <param name="Outcome">What the store answered; null when the request itself is wrong.</param>
/// <param name="Failure">What is wrong with the request; null when the store was asked.</param>
/// <param name="Reason">The failure in words.</param>
public sealed record DenyResult(string Text, DenyOutcome? Outcome, DenyFailure? Failure = null, string? Reason = null);

/// <summary>What can be wrong with one pair of a request.</summary>
public enum DenyFailure
{
    /// <summary>The name cannot be denied.</summary>
    Invalid,

    /// <summary>Another pair has the same name, or the same replacement.</summary>
    Repeated,

    /// <summary>Another pair denies the replacement.</summary>
    ReplacementDenied,
}

/// <summary>The pairs of a request, checked against each other: no outcome depends on their order.</summary>
internal sealed class DenyBatch
{
    private readonly Dictionary<string, int> names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> replacements = new(StringComparer.Ordinal);

    public DenyBatch(IReadOnlyList<DenyRequest> requests, UsernameSettings settings)
    {
        var read = requests.Select(request => Read(request, settings)).ToList();
        foreach (var pair in read)
        {
            Count(names, pair.Name?.Key);
            Count(replacements, pair.Replacement?.Forms?.Key);
        }

        Pairs = read.ConvertAll(pair => pair with { Failure = pair.Failure ?? Check(pair) });
    }

    public IReadOnlyList<DenyPair> Pairs { get; }

    private static DenyPair Read(DenyRequest request, UsernameSettings settings)
    {
        var replacement = request.Replacement.Length == 0 ? null : UsernameClaim.Of(request.Replacement, settings);
        return DeniedName.TryParse(request.Text, out var name, out var violation)
            ? new DenyPair(request.Text, name, replacement, Failure: null)
            : new DenyPair(request.Text, Name: null, replacement, new DenyResult(request.Text, null, DenyFailure.Invalid, violation.Description));
    }

    private static void Count(Dictionary<string, int> counts, string? key)
    {
        if (key is not null)
            counts[key] = counts.GetValueOrDefault(key) + 1;
    }

    private DenyResult? Check(DenyPair pair)
    {
        if (names[pair.Name!.Key] > 1)
            return Fail(pair, DenyFailure.Repeated, "is in the request more than once");
        if (pair.Replacement?.Forms?.Key is not { } key)
            return null;
        if (names.ContainsKey(key))
            return Fail(pair, DenyFailure.ReplacementDenied, "has a replacement that the same request denies");
        return replacements[key] > 1
            ? Fail(pair, DenyFailure.Repeated, "has the replacement of another name of the request")
            : null;
    }

    private static DenyResult Fail(DenyPair pair, DenyFailure failure, string reason) => new(pair.Text, null, failure, reason);
}

/// <summary>One pair as it was read.</summary>
internal sealed record DenyPair(string Text, DeniedName? Name, UsernameClaim? Replacement, DenyResult? Failure);
