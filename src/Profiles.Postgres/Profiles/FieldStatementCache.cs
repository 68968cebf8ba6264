using System.Collections.Concurrent;
using Profiles.Core.Fields;

namespace Profiles.Postgres.Profiles;

/// <summary>
/// The statements for sets of few fields, made when a set is first met. Applications write the same few sets over and over; whoever sends
/// more of them than are kept, or larger ones, has the statements of all fields, which do the same and cost more.
/// </summary>
internal sealed class FieldStatementCache
{
    /// <summary>The most fields of a set that has statements of its own.</summary>
    public const int MostFields = 8;

    /// <summary>The most sets that have: each is a prepared statement or two on each connection, of 100 to 340 KB.</summary>
    public const int MostSets = 32;

    /// <summary>After so many calls in vain all sets give up their places: what is common takes its place again at once.</summary>
    public const int MostMisses = 10_000;

    /// <summary>The one that the process uses.</summary>
    public static readonly FieldStatementCache Shared = new();

    private readonly ConcurrentDictionary<ProfileFieldSet, FieldStatements> known = new();
    private readonly Lock gate = new();
    private int misses;

    /// <summary>The statements for writes that name no other fields than these.</summary>
    public FieldStatements For(ProfileFieldSet named)
    {
        if (named.IsEmpty || named.Count > MostFields)
            return FieldStatements.OfAll;
        return known.TryGetValue(named, out var statements) ? statements : Add(named);
    }

    private FieldStatements Add(ProfileFieldSet named)
    {
        lock (gate)
        {
            // Many may meet a set at the same moment; it takes one place.
            if (known.TryGetValue(named, out var statements))
                return statements;
            if (known.Count == MostSets && ++misses < MostMisses)
                return FieldStatements.OfAll;
            if (known.Count == MostSets)
                known.Clear();
            misses = 0;
            return known[named] = new FieldStatements(named);
        }
    }
}
