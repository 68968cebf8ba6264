using Profiles.Core.Access;
using Profiles.Core.Identity;

namespace Profiles.Core.Tests.Support;

/// <summary>Who the tests are about.</summary>
internal static class Keys
{
    public static readonly OrganizationId Demo = OrganizationId.Parse("demo");

    public static readonly ProfileKey Alice = KeyOf("alice");

    public static readonly ProfileKey Bob = KeyOf("bob");

    public static readonly Actor Server = new(ActorType.Server, "billing");

    public static ProfileKey KeyOf(string user) => new(Demo, UserId.Parse(user));
}
