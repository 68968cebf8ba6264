using Profiles.Postgres.Embedded;

namespace Profiles.Postgres.Tests.Embedded;

/// <summary>How much memory the embedded database takes.</summary>
public class SharedBuffersTests
{
    [TestCase(256L, "128MB", TestName = "PostgreSQL's default is the least")]
    [TestCase(8192L, "2048MB", TestName = "A quarter of the memory")]
    [TestCase(262144L, "4096MB", TestName = "No more than four gigabytes")]
    public void A_quarter_of_the_memory_within_bounds(long megabytes, string expected) =>
        Assert.That(SharedBuffers.Of(megabytes * 1024 * 1024), Is.EqualTo(expected));
}
