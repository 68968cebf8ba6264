using Profiles.Core.Fields;

namespace Profiles.Core.Tests.Fields;

[TestFixture]
public class ProfileFieldSetTests
{
    [FsCheck.NUnit.Property]
    public void Holds_what_was_put_in_once_and_in_order(byte[] picks)
    {
        var fields = picks.Select(pick => (ProfileField)(pick % ProfileFields.All.Count)).ToList();

        var set = fields.Aggregate(default(ProfileFieldSet), (set, field) => set.With(field));

        var expected = fields.Distinct().Order().ToList();
        Assert.That(set.Enumerate(), Is.EqualTo(expected));
        Assert.That(set.Count, Is.EqualTo(expected.Count));
        Assert.That(set.IsEmpty, Is.EqualTo(expected.Count == 0));
        Assert.That(Enum.GetValues<ProfileField>().Where(set.Contains), Is.EqualTo(expected));
        Assert.That(new ProfileFieldSet(set.Bits), Is.EqualTo(set));
        Assert.That(set.Bits, Is.EqualTo(expected.Sum(ProfileFieldSet.Bit)));
    }

    [Test]
    public void Keeps_bits_that_it_does_not_know() =>
        Assert.That(new ProfileFieldSet(1L << 62).With(ProfileField.Email).Bits, Is.EqualTo((1L << 62) | (1L << 9)));

    [Test]
    public void Knows_all_64_bits() => Assert.That(new ProfileFieldSet(-1).Enumerate().Count(), Is.EqualTo(64));
}
