using Profiles.Postgres.Connections;
using Profiles.Postgres.Gathering;

namespace Profiles.Postgres.Tests.Connections;

/// <summary>What is as large as the number of the server's cores makes it.</summary>
public class SizesByCoresTests
{
    [TestCase(1, 32)]
    [TestCase(2, 64)]
    [TestCase(3, 90)]
    [TestCase(64, 90)]
    public void The_pool(int cores, int expected) => Assert.That(DataSources.PoolSize(cores), Is.EqualTo(expected));

    [TestCase(1, 2, 16)]
    [TestCase(2, 2, 16)]
    [TestCase(3, 3, 24)]
    [TestCase(64, 4, 32)]
    public void The_batches(int cores, int ofOrganization, int inAll)
    {
        var limits = GatherLimits.For(cores);

        Assert.That((limits.BatchesOfOrganization, limits.Batches), Is.EqualTo((ofOrganization, inAll)));
    }
}
