namespace Profiles.Postgres.Gathering;

/// <summary>How much of a kind of calls is gathered.</summary>
/// <param name="BatchSize">Most calls in a batch.</param>
/// <param name="BatchesOfOrganization">
/// Most batches of one organization that are under way at once, but for those that take long: what they wait for holds up nobody else.
/// </param>
/// <param name="Batches">Most batches under way at once. Each has a connection.</param>
/// <param name="Waiting">Most calls that are queued or under way. More wait in front of the queue.</param>
internal sealed record GatherLimits(int BatchSize, int BatchesOfOrganization, int Batches, int Waiting)
{
    /// <summary>For reads, and for writes that meet at their own rows only.</summary>
    public static readonly GatherLimits Default = For(Environment.ProcessorCount);

    /// <summary>As many batches of an organization at once as this server's cores can fill.</summary>
    public static GatherLimits For(int cores)
    {
        var batches = Math.Clamp(cores, 2, 4);
        return new GatherLimits(BatchSize: 64, BatchesOfOrganization: batches, Batches: 8 * batches, Waiting: 4096);
    }

    /// <summary>For writes whose batches would meet at rows of several users, and so wait for each other in two directions.</summary>
    public static readonly GatherLimits OneByOne = Default with { BatchesOfOrganization = 1 };

    /// <summary>For reads that name up to a hundred users each: a batch keeps the answer to the first one waiting for all of its users.</summary>
    public static readonly GatherLimits OfMany = Default with { BatchSize = 8 };

    /// <summary>Most batches of one organization with those that take long: the others keep half of the connections.</summary>
    public int WithLongOfOrganization => Math.Max(BatchesOfOrganization, Batches / 2);

    /// <summary>From when on a batch takes long.</summary>
    public static readonly TimeSpan Long = TimeSpan.FromMilliseconds(100);
}
