using Profiles.Core.Identity;

namespace Profiles.Postgres.Usernames;

/// <summary>
/// Lets changes that are about all names of an organization go to the database one after another. There they wait for each other anyway, for as
/// long as a large list takes, and each that waited there would keep a connection from everybody else.
/// </summary>
internal sealed class OrganizationTurns
{
    private readonly Lock gate = new();
    private readonly Dictionary<OrganizationId, Line> lines = [];

    /// <summary>Carries a change out when it is its turn.</summary>
    /// <param name="organization">Whose names are changed.</param>
    /// <param name="change">The change.</param>
    /// <param name="cancellationToken">Ends the waiting; what has begun is the change's own.</param>
    /// <typeparam name="T">What the change returns.</typeparam>
    public async Task<T> RunAsync<T>(OrganizationId organization, Func<Task<T>> change, CancellationToken cancellationToken)
    {
        var line = Enter(organization);
        try
        {
            await line.Turn.WaitAsync(cancellationToken);
            try
            {
                return await change();
            }
            finally
            {
                line.Turn.Release();
            }
        }
        finally
        {
            Leave(organization, line);
        }
    }

    private Line Enter(OrganizationId organization)
    {
        lock (gate)
        {
            if (!lines.TryGetValue(organization, out var line))
                lines.Add(organization, line = new Line());
            line.Length++;
            return line;
        }
    }

    private void Leave(OrganizationId organization, Line line)
    {
        lock (gate)
        {
            if (--line.Length > 0)
                return;
            lines.Remove(organization);
            line.Turn.Dispose();
        }
    }

    private sealed class Line
    {
        public SemaphoreSlim Turn { get; } = new(1);

        /// <summary>How many wait, or have their turn.</summary>
        public int Length { get; set; }
    }
}
