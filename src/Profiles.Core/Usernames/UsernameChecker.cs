using Profiles.Core.Identity;
using Profiles.Core.Organizations;

namespace Profiles.Core.Usernames;

/// <summary>Tells whether names are to be had.</summary>
/// <param name="store">What is known of names.</param>
/// <param name="clock">Tells how long names are kept.</param>
public sealed class UsernameChecker(IUsernameStore store, TimeProvider clock)
{
    private const int MaxSuggestions = 5;

    /// <summary>What stands in the way of a user's getting a name, and names to have instead.</summary>
    /// <param name="organization">The organization; its names are unique.</param>
    /// <param name="user">Who asks; null for nobody who could have a name.</param>
    /// <param name="text">The name.</param>
    /// <param name="cancellationToken">Lets the caller go.</param>
    public async Task<UsernameCheck> CheckAsync(
        Organization organization, UserId? user, string text, CancellationToken cancellationToken)
    {
        UsernameDenylist.DemandUnique(organization);
        var settings = organization.Settings.Usernames;
        if (!Username.TryParse(text, settings, out var name, out var violation))
            return new UsernameCheck(new UsernameRefusal(UsernameRefusalKind.Invalid, violation), []);

        var time = clock.GetUtcNow().UtcDateTime;
        if ((await store.CheckAsync(organization.Id, user, [name], time, cancellationToken))[0] is not { } kind)
            return new UsernameCheck(Refusal: null, []);

        var others = UsernameSuggestions.For(name, settings);
        var refusals = await store.CheckAsync(organization.Id, user, others, time, cancellationToken);
        var free = others.Where((_, i) => refusals[i] is null).Take(MaxSuggestions);
        return new UsernameCheck(new UsernameRefusal(kind), free.Select(other => other.Display).ToList());
    }
}

/// <summary>Whether a name is to be had.</summary>
/// <param name="Refusal">What stands in the way; null for nothing.</param>
/// <param name="Suggestions">Names to have instead.</param>
public sealed record UsernameCheck(UsernameRefusal? Refusal, IReadOnlyList<string> Suggestions);
