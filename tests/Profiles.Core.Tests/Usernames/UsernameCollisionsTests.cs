using Profiles.Core.Usernames;

namespace Profiles.Core.Tests.Usernames;

[TestFixture]
public class UsernameCollisionsTests
{
    [TestCase(LookAlikePolicy.Off, "Same", "same", true)]
    [TestCase(LookAlikePolicy.Off, "coco", "\u0441\u043e\u0441\u043e", false)]
    [TestCase(LookAlikePolicy.MixedScript, "coco", "\u0441\u043e\u0441\u043e", true)]
    [TestCase(LookAlikePolicy.MixedScript, "BOB", "\u0432\u043e\u0432", true)]
    [TestCase(LookAlikePolicy.MixedScript, "admin", "adm1n", false)]
    [TestCase(LookAlikePolicy.Strict, "admin", "adm1n", true)]
    public void Names_collide_as_the_policy_says(LookAlikePolicy policy, string first, string second, bool collide)
    {
        OwnedName[] names = [new("bob", DeniedName.Parse(second)), new("carol", DeniedName.Parse("other")), new("alice", DeniedName.Parse(first))];

        Assert.That(
            UsernameCollisions.Find(names, policy),
            Is.EqualTo(collide ? (string[])[$"cannot be set while alice is called {first} and bob is called {second}"] : []));
    }
}
