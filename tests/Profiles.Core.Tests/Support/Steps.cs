using FsCheck;
using FsCheck.Fluent;
using Profiles.Core.Fields;

namespace Profiles.Core.Tests.Support;

/// <summary>Makes lists of steps out of few fields and values, so that the same ones meet often.</summary>
public static class Steps
{
    private static readonly object?[] s_clearing = [null, string.Empty, false];

    private static readonly Gen<Step> s_setField =
        from field in Gen.Elements(SampleValues.Fields)
        from value in Gen.Elements(SampleValues.Of(field).Concat(ClearingOf(field)).ToArray())
        select (Step)new FieldStep(field, value);

    private static readonly Gen<Step> s_setAttribute =
        from key in Gen.Elements("a", "b", "c", "A")
        from value in Gen.Elements(null, string.Empty, "1", "2")
        select (Step)new AttributeStep(key, value);

    private static readonly Gen<Step> s_any = Gen.Frequency(
        (3, s_setField), (5, s_setAttribute), (1, Gen.Constant<Step>(new ReplaceStep())));

    public static Arbitrary<Step[]> Lists() =>
        Arb.From(s_any.ListOf().Select(steps => steps.ToArray()), Shrink);

    // A username is cleared by null alone: an empty one is refused.
    private static object?[] ClearingOf(ProfileField field) => field == ProfileField.PreferredUsername ? [null] : s_clearing;

    private static IEnumerable<Step[]> Shrink(Step[] steps) =>
        Enumerable.Range(0, steps.Length).Select(index => steps.Where((_, i) => i != index).ToArray());
}
