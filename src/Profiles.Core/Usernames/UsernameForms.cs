using System.Runtime.InteropServices;
using Profiles.Core.Usernames.Unicode;

namespace Profiles.Core.Usernames;

/// <summary>
/// The forms by which names are compared. Each is a function of the key, so that names with equal keys are equal in all.
/// </summary>
/// <param name="Key">
/// Equal for one name in other case or width (RFC 8265, UsernameCaseMapped). Stable: the key of a key is itself.
/// </param>
/// <param name="SmallLook">
/// Equal for names that look alike across scripts in small letters: Latin <c>coco</c> and Cyrillic <c>сосо</c>. Of a name in
/// Latin letters it is the key.
/// </param>
/// <param name="CapitalLook">The same in capitals: Latin <c>BOB</c> and Cyrillic <c>ВОВ</c>.</param>
/// <param name="Skeleton">
/// Equal for names that look alike at all (UTS #39, section 4, in small letters, with i and l as one): <c>admin</c> and
/// <c>adm1n</c>, <c>modern</c> and <c>rnodem</c>.
/// </param>
public sealed record UsernameForms(string Key, string SmallLook, string CapitalLook, string Skeleton)
{
    /// <summary>The forms that a policy compares names by: two names collide if they have one in common.</summary>
    internal IEnumerable<(UsernameForm Form, string Text)> ComparedBy(LookAlikePolicy policy)
    {
        yield return (UsernameForm.Key, Key);
        if (policy >= LookAlikePolicy.MixedScript)
        {
            yield return (UsernameForm.SmallLook, SmallLook);
            yield return (UsernameForm.CapitalLook, CapitalLook);
        }

        if (policy >= LookAlikePolicy.Strict)
            yield return (UsernameForm.Skeleton, Skeleton);
    }

    internal static UsernameForms OfKey(string key)
    {
        if (AsciiNames.IsAscii(key))
            return new UsernameForms(key, key, key, AsciiNames.Skeleton(key));

        var decomposed = Normalization.Nfd(CodePoints.Decode(key));
        return new UsernameForms(
            key,
            Look(key, decomposed, look => look.Small),
            Look(key, decomposed, look => look.Capital),
            SkeletonOf(decomposed));
    }

    private static string Look(string key, List<int> decomposed, Func<LookAlike, int> choose)
    {
        var seen = new int[decomposed.Count];
        for (var i = 0; i < seen.Length; i++)
            seen[i] = LookAlikeTable.Find(decomposed[i]) is { } look ? choose(look) : decomposed[i];
        return Share(key, CodePoints.Encode(CollectionsMarshal.AsSpan(Normalization.Nfc(seen))));
    }

    private static string SkeletonOf(List<int> decomposed)
    {
        var seen = new List<int>(decomposed.Count);
        foreach (var codePoint in decomposed)
        {
            if (LookAlikeTable.Find(codePoint) is { } look)
                seen.AddRange(look.Skeleton);
            else
                seen.Add(codePoint);
        }

        Normalization.Reorder(seen);
        return CodePoints.Encode(CollectionsMarshal.AsSpan(seen));
    }

    private static string Share(string key, string form) => form == key ? key : form;
}

/// <summary>Which of the <see cref="UsernameForms"/> a text is.</summary>
internal enum UsernameForm
{
    Key,
    SmallLook,
    CapitalLook,
    Skeleton,
}
