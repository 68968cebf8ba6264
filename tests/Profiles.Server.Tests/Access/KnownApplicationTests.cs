using Profiles.Core.Credentials.Applications;
using Profiles.Core.Identity;
using Profiles.Server.Access.Directories;

namespace Profiles.Server.Tests.Access;

/// <summary>Checking a signature is the same work for every application, and for none: two secrets are tried, always.</summary>
internal sealed class KnownApplicationTests
{
    private static readonly DateTime Now = new(2030, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    private static readonly byte[] First = [1];
    private static readonly byte[] Second = [2];

    private static IEnumerable<TestCaseData> Applications()
    {
        yield return Case("one secret", [new KnownSecret(First, null)], [First]);
        yield return Case("two secrets", [new KnownSecret(First, null), new KnownSecret(Second, Now.AddTicks(1))], [First, Second]);
        yield return Case("one that ended", [new KnownSecret(First, null), new KnownSecret(Second, Now)], [First]);
        yield return Case("none", [], []);
        yield return Case("more than there can be", [new KnownSecret(First, null), new KnownSecret(Second, null), new KnownSecret([3], null)], [First, Second]);
    }

    [TestCaseSource(nameof(Applications))]
    public void Two_secrets_are_tried(KnownSecret[] secrets, byte[][] valid)
    {
        var application = new Application(
            OrganizationId.Parse("demo"), Guid.CreateVersion7(DateTimeOffset.UnixEpoch), "key", new ApplicationContent("", [], null, false), [], Now, null);

        var tried = new KnownApplication(application, secrets).SecretsAt(Now);

        Assert.That(tried, Has.Count.EqualTo(2));
        Assert.That(tried.Take(valid.Length), Is.EqualTo(valid));
        Assert.That(tried.Skip(valid.Length).Select(secret => secret.Length), Is.All.EqualTo(22));
    }

    [Test]
    public void For_an_application_that_never_was_two_secrets_that_nobody_knows_are_tried()
    {
        var tried = KnownApplication.Nobody.SecretsAt(Now);

        Assert.That(tried.Select(secret => secret.Length), Is.EqualTo(new[] { 22, 22 }));
        Assert.That(KnownApplication.Nobody.Application.RevokeTime, Is.Not.Null);
    }

    private static TestCaseData Case(string name, KnownSecret[] secrets, byte[][] valid) => new TestCaseData(secrets, valid).SetArgDisplayNames(name);
}
