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

/// <summary>
/// The pairs of a request, checked against each other: no outcome depends on their order. Names that look alike collide as the organization's
/// policy has it.
/// </summary>
internal sealed class DenyBatch
{
    private readonly LookAlikePolicy policy;
    private readonly Dictionary<string, int> names = new(StringComparer.Ordinal);
    private readonly HashSet<(UsernameForm Form, string Text)> denied = [];
    private readonly Dictionary<(UsernameForm Form, string Text), int> replacements = [];

    public DenyBatch(IReadOnlyList<DenyRequest> requests, UsernameSettings settings)
    {
        policy = settings.LookAlikes;
        var read = requests.Select(request => Read(request, settings)).ToList();
        foreach (var pair in read)
        {
            if (pair.Name is { } name)
                Count(names, name.Key);
            denied.UnionWith(pair.Name?.Forms?.ComparedBy(policy) ?? []);
            foreach (var form in pair.Replacement?.Forms?.ComparedBy(policy) ?? [])
                Count(replacements, form);
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

    private static void Count<T>(Dictionary<T, int> counts, T item)
        where T : notnull =>
        counts[item] = counts.GetValueOrDefault(item) + 1;

    private DenyResult? Check(DenyPair pair)
    {
        if (names[pair.Name!.Key] > 1)
            return Fail(pair, DenyFailure.Repeated, "is in the request more than once");
        if (pair.Replacement?.Forms is not { } forms)
            return null;
        var compared = forms.ComparedBy(policy).ToList();
        if (compared.Exists(denied.Contains))
            return Fail(pair, DenyFailure.ReplacementDenied, "has a replacement that the same request denies");
        return compared.Exists(form => replacements[form] > 1)
            ? Fail(pair, DenyFailure.Repeated, "has the replacement of another name of the request, or one that looks like it")
            : null;
    }

    private static DenyResult Fail(DenyPair pair, DenyFailure failure, string reason) => new(pair.Text, null, failure, reason);
}

/// <summary>One pair as it was read.</summary>
internal sealed record DenyPair(string Text, DeniedName? Name, UsernameClaim? Replacement, DenyResult? Failure);
