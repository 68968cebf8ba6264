using System.Collections.Frozen;
using Profiles.Core.Access;
using Profiles.Core.Credentials;
using Profiles.Core.Errors;
using Profiles.Core.Tests.Support;

namespace Profiles.Core.Tests.Credentials;

/// <summary>Nobody hands on more than he has.</summary>
[TestFixture]
public class GrantorTests
{
    [TestCase("credentials.write", "profiles.read", false)]
    [TestCase("credentials.write profiles.read", "profiles.read", true)]
    [TestCase("credentials.write profiles.read", "profiles.read profiles.write", false)]
    [TestCase("credentials.write", "platform.admin", false)]
    [TestCase("platform.admin", "platform.admin", true)]
    [TestCase("platform.admin", "profiles.read profiles.write", true)]
    [TestCase("credentials.write", "credentials.write", true)]
    public void Permissions_can_be_handed_on_by_who_has_them(string has, string wanted, bool may) =>
        Assert.That(May(GrantorOf("root", has), wanted.Split(' '), user: null), Is.EqualTo(may));

    [TestCase("credentials.write", "alice", false)]
    [TestCase("credentials.write profiles.read", "alice", false)]
    [TestCase("credentials.write profiles.read profiles.write", "alice", true)]
    [TestCase("platform.admin", "alice", true)]
    [TestCase("credentials.write", "root", true)]
    public void A_key_for_another_user_reaches_that_user_s_record(string has, string user, bool may) =>
        Assert.That(May(GrantorOf("root", has), [], user), Is.EqualTo(may));

    [Test]
    public void A_key_without_a_user_has_no_user_to_hand_on()
    {
        var caller = CallerOf("0190e2c8-5a3f-7c1e-8f2b-3d4c5b6a7988", "credentials.write") with { Kind = CredentialKind.ApiKey, CredentialId = "k", SpeaksForUser = false };

        Assert.That(May(Grantor.Of(caller, "r"), [], caller.Subject), Is.False);
    }

    [Test]
    public void The_command_line_may_grant_everything_to_everybody() =>
        Assert.That(May(Grantor.Operator, [.. Permissions.All], "alice"), Is.True);

    private static Grantor GrantorOf(string subject, string permissions) =>
        Grantor.Of(CallerOf(subject, permissions.Split(' ')), "request-1");

    private static Caller CallerOf(string subject, params string[] permissions) =>
        new(Keys.Demo, subject, permissions.ToFrozenSet(StringComparer.Ordinal));

    private static bool May(Grantor grantor, IReadOnlyList<string> permissions, string? user)
    {
        try
        {
            grantor.Demand(permissions, user);
            return true;
        }
        catch (ProfilesException exception) when (exception.Reason == ErrorReason.PermissionMissing)
        {
            return false;
        }
    }
}
