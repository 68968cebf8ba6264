using Profiles.Postgres.Embedded;

namespace Profiles.Postgres.Tests.Embedded;

/// <summary>How much memory the embedded database takes.</summary>
public class SharedBuffersTests
{
    [TestCase(256L, "128MB", TestName = "PostgreSQL's default is the least")]
    [TestCase(8192L, "1024MB", TestName = "An eighth of the memory")]
    [TestCase(262144L, "2048MB", TestName = "No more than two gigabytes")]
    public void An_eighth_of_the_memory_within_bounds(long megabytes, string expected) =>
        Assert.That(SharedBuffers.Of(megabytes * 1024 * 1024), Is.EqualTo(expected));
}
