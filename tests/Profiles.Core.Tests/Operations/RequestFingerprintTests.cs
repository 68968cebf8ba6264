using Profiles.Core.Access;
using Profiles.Core.Fields;
using Profiles.Core.Identity;
using Profiles.Core.Operations;
using Profiles.Core.Patches;
using Profiles.Core.Storage;
using Profiles.Core.Tests.Support;

namespace Profiles.Core.Tests.Operations;

[TestFixture]
public class RequestFingerprintTests
{
    private static readonly Step[] s_universe =
    [
        new FieldStep(ProfileField.GivenName, "a"),
        new FieldStep(ProfileField.GivenName, "b"),
        new FieldStep(ProfileField.GivenName, null),
        new FieldStep(ProfileField.Nickname, "a"),
        new FieldStep(ProfileField.Role, 1),
        new FieldStep(ProfileField.PubliclyVisible, true),
        new FieldStep(ProfileField.AvatarObject, new ObjectReference("a", "b")),
        new FieldStep(ProfileField.AvatarObject, new ObjectReference("b", "a")),
        new ReplaceStep(),
        new AttributeStep("a", "1"), new AttributeStep("a", "2"), new AttributeStep("a", null),
        new AttributeStep("a", string.Empty), new AttributeStep("b", "1"),
    ];

    [Test]
    public void Equal_patches_have_equal_ones_and_different_patches_different_ones()
    {
        var byMeaning = new Dictionary<string, string>();
        foreach (var steps in Sequences(3))
        {
            var fingerprint = Compute(patch: Step.Build(steps));
            var meaning = MeaningOf(steps);
            Assert.That(byMeaning.TryAdd(meaning, fingerprint) || byMeaning[meaning] == fingerprint, meaning);
        }

        Assert.That(byMeaning, Has.Count.GreaterThan(300));
        Assert.That(byMeaning.Values, Is.Unique);
    }

    [Test]
    public void Any_difference_beside_the_patch_makes_a_difference()
    {
        Precondition[] preconditions =
        [
            Precondition.None, new(null, true), new([1], false), new([1], true),
            new([2], false), new([1, 2], false), new([12], false), new([], false),
            Precondition.None with { KeepDeleted = true }, Precondition.None with { KeepEmail = true },
        ];
        var all =
            from operation in new[] { "write", "delete" }
            from key in new[] { Keys.Alice, Keys.Bob, new(OrganizationId.Parse("other"), UserId.Parse("alice")) }
            from type in Enum.GetValues<ActorType>()
            from id in new[] { "alice", "bob", "", "alice\0", "alice\0must_exist", "\u00e9" }
            from precondition in preconditions
            from patch in new[] { null, Step.Build([]), Step.Build([s_universe[0]]) }
            select Compute(operation, key, new Actor(type, id), precondition, patch);

        var fingerprints = all.ToList();

        Assert.That(fingerprints, Has.Count.EqualTo(2 * 3 * Enum.GetValues<ActorType>().Length * 6 * 10 * 3));
        Assert.That(fingerprints.Distinct().Count(), Is.EqualTo(fingerprints.Count));
    }

    [Test]
    public void Is_a_SHA_256() => Assert.That(Compute(), Has.Length.EqualTo(64));

    private static string Compute(
        string operation = "write",
        ProfileKey? key = null,
        Actor? actor = null,
        Precondition? precondition = null,
        ProfilePatch? patch = null) =>
        Convert.ToHexString(
            RequestFingerprint.Compute(operation, key ?? Keys.Alice, actor ?? Keys.Server, precondition ?? Precondition.None, patch));

    // What the steps come to, told in another way than the builder does: the last word on each subject.
    private static string MeaningOf(Step[] steps)
    {
        var fields = steps.OfType<FieldStep>()
            .GroupBy(step => step.Field)
            .OrderBy(group => group.Key)
            .Select(group => group.Last().ToString());
        var last = Array.FindLastIndex(steps, step => step is ReplaceStep);
        var attributes = steps.Skip(last + 1).OfType<AttributeStep>()
            .GroupBy(step => step.Key)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => group.Last())
            .Where(step => last < 0 || step.Value is not null)
            .Select(step => $"{step.Key}={step.Value ?? "gone"}");
        return string.Join('|', fields.Append(last < 0 ? "merge" : "replace").Concat(attributes));
    }

    private static IEnumerable<Step[]> Sequences(int longest)
    {
        IEnumerable<Step[]> current = [[]];
        for (var length = 0; length <= longest; length++)
        {
            foreach (var steps in current)
                yield return steps;
            current = current.SelectMany(steps => s_universe.Select(step => (Step[])[.. steps, step])).ToList();
        }
    }
}
