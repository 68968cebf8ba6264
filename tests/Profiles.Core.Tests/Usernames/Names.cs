using FsCheck;
using FsCheck.Fluent;
using Profiles.Core.Rules;
using Profiles.Core.Usernames;
using Profiles.Core.Usernames.Unicode;

namespace Profiles.Core.Tests.Usernames;

/// <summary>A name whose characters are of the kinds that the rules tell apart, so that hard cases meet often.</summary>
public sealed record NameText(string Value);

/// <summary>Names for tests.</summary>
internal static class Names
{
    public static UsernameSettings Under(LookAlikePolicy policy, string? pattern = null, int min = 1, int max = 64) => new()
    {
        LookAlikes = policy,
        Pattern = pattern is null ? null : new WholePattern(pattern),
        MinLength = min,
        MaxLength = max,
    };

    public static UsernameForms FormsOf(string name, LookAlikePolicy policy = LookAlikePolicy.Off) =>
        Username.Parse(name, Under(policy)).Forms;

    public static UsernameViolation ViolationOf(string name, LookAlikePolicy policy = LookAlikePolicy.Off)
    {
        Assert.That(Username.TryParse(name, Under(policy), out _, out var violation), Is.False, $"{name} was taken");
        return violation!;
    }

    public static bool IsTaken(string name, LookAlikePolicy policy) => Username.TryParse(name, Under(policy), out _, out _);

    public static string Nfc(string text) => CodePoints.Encode([.. Normalization.Nfc(CodePoints.Decode(text))]);

    public static string Nfd(string text) => CodePoints.Encode([.. Normalization.Nfd(CodePoints.Decode(text))]);
}

/// <summary>Makes names in NFC out of few characters of many kinds.</summary>
public static class NameTexts
{
    private static readonly string[] s_pools =
    [
        "abcilmnorvwABCIMZ019._-|",
        "\u00e9\u00dc\u00df\u1e9e\u0131\u0130\u01c4\u0251\u1d0f\u00c5\u0219\u0218",
        "\u03b1\u03a3\u03c3\u03c2\u039d\u03bd\u03b7\u03a5\u03b3\u03bf\u0390\u1fb3\u1f88",
        "\u0430\u0410\u0441\u043e\u0412\u0432\u0433\u0456\u0406\u04cf\u04c0\u0439\u0419\u0451",
        "\u0301\u0307\u0308\u0323\u0345\u0327\u3099",
        "\u05d0\u05d5\u05b7\u05f3\u0627\u0644\u0644\u064e\u0660\u06f1\u200c",
        "\u1100\u1161\u11a8\uac00\uac01\ud55c",
        "\u30ab\u529b\u30fb\u30ad\u30fc\u3042\uff76\uff9e\uff21\uff41\uff11",
        "\u10d0\u1c90\u13a0\uab70\u0915\u094d\u200d\u0937\u0e33",
        " \t\u00a0\u00ad\u2163\u265a\u0378\uffff",
    ];

    private static readonly Gen<int> s_likely =
        from pool in Gen.Elements(s_pools[..^1].Append(s_pools[0]).ToArray())
        from codePoint in Gen.Elements(CodePoints.Decode(pool))
        select codePoint;

    private static readonly Gen<int> s_codePoint = Gen.Frequency(
        (40, s_likely),
        (1, Gen.Elements(CodePoints.Decode(s_pools[^1]))),
        (1, Gen.Choose(0x21, 0xD7FF)),
        (1, Gen.Choose(0xE000, 0x1FFFF)));

    // Texts of one or two pools are names more often than those of all.
    private static readonly Gen<int[]> s_ofOnePool =
        from pool in Gen.Elements(s_pools)
        from codePoints in Gen.Elements(CodePoints.Decode(pool)).NonEmptyListOf()
        select codePoints.Take(10).ToArray();

    private static readonly Gen<int[]> s_ofAll =
        from codePoints in s_codePoint.NonEmptyListOf()
        select codePoints.Take(6).ToArray();

    public static Arbitrary<NameText> Any() =>
        Arb.From(Gen.OneOf(s_ofOnePool, s_ofAll).Select(text => new NameText(Names.Nfc(CodePoints.Encode(text)))), Shrink);

    private static IEnumerable<NameText> Shrink(NameText name)
    {
        var codePoints = CodePoints.Decode(name.Value);
        return codePoints.Length < 2
            ? []
            : codePoints.Select((_, index) => new NameText(CodePoints.Encode([.. codePoints.Where((_, i) => i != index)])));
    }
}
