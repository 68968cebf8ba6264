using Profiles.Core.Usernames;
using Profiles.Core.Usernames.Unicode;

namespace Profiles.Core.Tests.Usernames;

[TestFixture]
public class UsernamePropertyTests
{
    private static readonly UsernameSettings s_off = Names.Under(LookAlikePolicy.Off);

    private static readonly Dictionary<int, int> s_capitals = Mappings.Lower.ToLookup(pair => pair.Value, pair => pair.Key)
        .ToDictionary(group => group.Key, group => group.Min());

    private static readonly Dictionary<int, int> s_wide = Mappings.Width.ToLookup(pair => pair.Value, pair => pair.Key)
        .ToDictionary(group => group.Key, group => group.Min());

    [FsCheck.NUnit.Property(MaxTest = 2000, Arbitrary = [typeof(NameTexts)])]
    public void The_forms_of_a_key_are_those_of_the_name(NameText text)
    {
        if (Username.TryParse(text.Value, s_off, out var name, out _))
            Assert.That(Username.Parse(name.Key, s_off).Forms, Is.EqualTo(name.Forms));
    }

    [FsCheck.NUnit.Property(MaxTest = 2000, Arbitrary = [typeof(NameTexts)])]
    public void A_name_is_shown_as_it_was_given(NameText text)
    {
        if (Username.TryParse(text.Value, s_off, out var name, out _))
            Assert.That(name.Display, Is.SameAs(text.Value));
    }

    [FsCheck.NUnit.Property(MaxTest = 2000, Arbitrary = [typeof(NameTexts)])]
    public void Keys_are_in_NFC_and_stay_what_they_are_through_NFD(NameText text)
    {
        if (!Username.TryParse(text.Value, s_off, out var name, out _))
            return;

        Assert.That(Names.Nfc(name.Key), Is.EqualTo(name.Key));
        Assert.That(Names.Nfc(Names.Nfd(text.Value)), Is.EqualTo(text.Value));
        Assert.That(DeniedName.Parse(Names.Nfd(text.Value)).Key, Is.EqualTo(name.Key));
    }

    [FsCheck.NUnit.Property(MaxTest = 2000, Arbitrary = [typeof(NameTexts)])]
    public void A_name_that_is_not_in_NFC_is_refused(NameText text)
    {
        var decomposed = Names.Nfd(text.Value);
        if (decomposed == text.Value)
            return;

        Assert.That(Username.TryParse(decomposed, s_off, out _, out var violation), Is.False);
        Assert.That(violation!.Rule, Is.EqualTo(UsernameRule.NotNormalized));
    }

    [FsCheck.NUnit.Property(MaxTest = 3000, Arbitrary = [typeof(NameTexts)])]
    public void Other_case_and_width_are_the_same_name(NameText text, ulong choices)
    {
        if (!Username.TryParse(text.Value, s_off, out var name, out _))
            return;

        var variant = Names.Nfc(CodePoints.Encode([.. CodePoints.Decode(text.Value).Select((c, i) => Vary(c, choices >> (2 * i)))]));
        if (FoldedBySimpleMeans(variant) == FoldedBySimpleMeans(text.Value) && !HasSigma(text.Value))
            Assert.That(Username.Parse(variant, s_off).Forms, Is.EqualTo(name.Forms), variant);
    }

    [FsCheck.NUnit.Property(MaxTest = 3000, Arbitrary = [typeof(NameTexts)])]
    public void Names_with_equal_keys_are_equal_but_for_case_and_width(NameText one, NameText other)
    {
        if (!Username.TryParse(one.Value, s_off, out var first, out _) || !Username.TryParse(other.Value, s_off, out var second, out _))
            return;

        var areEqual = FoldedBySimpleMeans(one.Value) == FoldedBySimpleMeans(other.Value);
        if (first.Key == second.Key)
            Assert.That(areEqual, Is.True);
        else
            Assert.That(areEqual && !HasSigma(one.Value), Is.False);
    }

    [FsCheck.NUnit.Property(MaxTest = 2000, Arbitrary = [typeof(NameTexts)])]
    public void Looks_and_skeletons_look_like_themselves(NameText text)
    {
        if (!Username.TryParse(text.Value, s_off, out var name, out _))
            return;

        Assert.That(UsernameForms.OfKey(name.Forms.Skeleton).Skeleton, Is.EqualTo(name.Forms.Skeleton));
        Assert.That(UsernameForms.OfKey(name.Forms.SmallLook).SmallLook, Is.EqualTo(name.Forms.SmallLook));
    }

    [FsCheck.NUnit.Property(MaxTest = 2000, Arbitrary = [typeof(NameTexts)])]
    public void Each_policy_takes_less_than_the_one_before(NameText text)
    {
        var taken = Enum.GetValues<LookAlikePolicy>().Select(policy => Names.IsTaken(text.Value, policy)).ToList();

        Assert.That(taken, Is.Ordered.Descending);
    }

    [FsCheck.NUnit.Property(MaxTest = 3000)]
    public void Any_text_is_answered_and_a_violation_names_what_stands_at_its_position(string? text)
    {
        if (Username.TryParse(text ?? string.Empty, s_off, out _, out var violation) || violation.CodePoint is not { } codePoint)
            return;

        var position = violation.Position!.Value;
        Assert.That(CodePoints.Decode(text!)[position], Is.EqualTo(codePoint));
        Assert.That(violation.Description, Does.Contain($"U+{codePoint:X4}").And.Contain($"at index {position}"));
    }

    [FsCheck.NUnit.Property(MaxTest = 2000, Arbitrary = [typeof(NameTexts)])]
    public void A_denied_name_stops_the_name_and_no_other_text_has_a_key_of_names(NameText text)
    {
        var denied = DeniedName.Parse(text.Value);

        if (Username.TryParse(text.Value, s_off, out var name, out _))
            Assert.That((denied.Key, denied.Forms), Is.EqualTo((name.Key, name.Forms)));
        Assert.That(denied.Key.Contains(' ', StringComparison.Ordinal), Is.EqualTo(denied.Forms is null));
    }

    private static int Vary(int codePoint, ulong choice) =>
        (choice & 3) switch
        {
            1 => s_capitals.GetValueOrDefault(codePoint, codePoint),
            2 => s_wide.GetValueOrDefault(codePoint, codePoint),
            3 => Mappings.Lower.GetValueOrDefault(codePoint, codePoint),
            _ => codePoint,
        };

    // What "equal" means, said in another way than the code does: each character of the decomposed name in its ordinary width and small.
    private static string FoldedBySimpleMeans(string name)
    {
        var wide = CodePoints.Decode(name).Select(c => Mappings.Width.GetValueOrDefault(c, c)).ToArray();
        var small = Normalization.Nfd(wide).Select(c => Mappings.Lower.GetValueOrDefault(c, c)).Select(c => c == 0x3C2 ? 0x3C3 : c);
        return CodePoints.Encode([.. Normalization.Nfd([.. small])]);
    }

    // Whether a capital sigma becomes a final one depends on what stands around it.
    private static bool HasSigma(string name) => name.AsSpan().ContainsAny("\u03a3\u03c3\u03c2");
}
