namespace Profiles.Core.Usernames;

/// <summary>A name and who has it.</summary>
/// <param name="Owner">The user.</param>
/// <param name="Name">The name.</param>
public sealed record OwnedName(string Owner, DeniedName Name);

/// <summary>Finds names that could not all be had where names are unique.</summary>
public static class UsernameCollisions
{
    /// <summary>Each collision as a rule that is broken, in words that go on from the setting's name.</summary>
    public static IReadOnlyList<string> Find(IReadOnlyList<OwnedName> names, LookAlikePolicy policy)
    {
        var collisions = new List<string>();
        foreach (var form in FormsOf(policy))
        {
            foreach (var same in names.Where(name => form(name.Name) is not null).GroupBy(name => form(name.Name), StringComparer.Ordinal))
            {
                var pair = same.OrderBy(name => name.Owner, StringComparer.Ordinal).Take(2).ToList();
                if (pair is [var first, var second])
                    collisions.Add(Describe(first, second));
            }
        }

        return collisions.Distinct(StringComparer.Ordinal).ToList();
    }

    private static IEnumerable<Func<DeniedName, string?>> FormsOf(LookAlikePolicy policy)
    {
        yield return name => name.Key;
        if (policy >= LookAlikePolicy.MixedScript)
        {
            yield return name => name.Forms?.SmallLook;
            yield return name => name.Forms?.CapitalLook;
        }

        if (policy >= LookAlikePolicy.Strict)
            yield return name => name.Forms?.Skeleton;
    }

    private static string Describe(OwnedName first, OwnedName second) =>
        $"cannot be set while {first.Owner} is called {first.Name.Text} and {second.Owner} is called {second.Name.Text}";
}
