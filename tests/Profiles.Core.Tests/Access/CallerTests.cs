using System.Collections.Frozen;
using Profiles.Core.Access;
using Profiles.Core.Errors;
using Profiles.Core.Identity;
using Profiles.Core.Tests.Support;

namespace Profiles.Core.Tests.Access;

[TestFixture]
public class CallerTests
{
    [Test]
    public void The_own_profile_is_that_of_the_subject_in_the_organization() =>
        Assert.That(CallerOf("alice").OwnProfile, Is.EqualTo(Keys.Alice));

    [TestCase("", "nothing")]
    [TestCase("a b", "a blank")]
    [TestCase("spiffe://example.com/billing", "a service")]
    [TestCase("\u00e9", "a letter beyond ASCII")]
    public void A_subject_that_cannot_be_a_user_has_none(string subject, string why)
    {
        var failure = Assert.Throws<ProfilesException>(() => _ = CallerOf(subject).OwnProfile);

        Assert.That(failure!.Reason, Is.EqualTo(ErrorReason.UserRequired), why);
        Assert.That(
            subject.Length == 0 || !failure.Message.Contains(subject, StringComparison.Ordinal), "The subject is not repeated.");
    }

    [Test]
    public void A_permission_is_there_or_demanded_in_vain()
    {
        var caller = CallerOf("billing", Permissions.ProfilesRead);

        Assert.That(() => caller.Demand(Permissions.ProfilesRead), Throws.Nothing);
        var failure = Assert.Throws<ProfilesException>(() => caller.Demand(Permissions.ProfilesWrite));
        Assert.That(failure!.Reason, Is.EqualTo(ErrorReason.PermissionMissing));
        Assert.That(failure.Message, Does.Contain("profiles.write"));
    }

    [TestCase("PROFILES.READ", "capitals")]
    [TestCase("profiles", "a part")]
    [TestCase("profiles.*", "a pattern")]
    [TestCase("profiles.read profiles.write", "two in one")]
    public void A_permission_counts_by_its_exact_name(string permission, string why) =>
        Assert.That(
            () => CallerOf("billing", permission).Demand(Permissions.ProfilesRead), Throws.TypeOf<ProfilesException>(), why);

    [Test]
    public void The_own_organization_is_reached_by_everybody_and_another_one_by_platform_administrators()
    {
        var other = OrganizationId.Parse("other");
        var user = CallerOf("alice", [.. Permissions.All.Where(permission => permission != Permissions.PlatformAdmin)]);

        Assert.That(user.In(Keys.Demo), Is.SameAs(user));
        Assert.That(Assert.Throws<ProfilesException>(() => user.In(other))!.Reason, Is.EqualTo(ErrorReason.OrganizationForbidden));
        Assert.That(CallerOf("alice", Permissions.PlatformAdmin).In(other).Organization, Is.EqualTo(other));
    }

    [Test]
    public void In_another_organization_nobody_speaks_for_a_user()
    {
        var there = CallerOf("alice", Permissions.PlatformAdmin).In(OrganizationId.Parse("other"));

        Assert.That(Assert.Throws<ProfilesException>(() => _ = there.OwnProfile)!.Reason, Is.EqualTo(ErrorReason.UserRequired));
    }

    private static Caller CallerOf(string subject, params string[] permissions) =>
        new(Keys.Demo, subject, permissions.ToFrozenSet(StringComparer.Ordinal));
}
