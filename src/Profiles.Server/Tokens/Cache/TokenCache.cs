using System.Collections.Concurrent;

namespace Profiles.Server.Tokens.Cache;

/// <summary>
/// Tokens whose signatures were verified, so that this is done once for each. Bounded: when a generation of them is full, the one
/// before it is forgotten, but for those that were used since. Safe to use from many threads, which only wait to add.
/// </summary>
internal sealed class TokenCache
{
    /// <summary>The most tokens that are kept.</summary>
    public const int Capacity = 10_000;

    private readonly Lock gate = new();
    private volatile Generations generations = new([], []);

    // Of the young generation, under the gate.
    private int room = Capacity / 2;

    /// <summary>How many tokens are kept; one that is in both generations counts twice.</summary>
    public int Count => generations.Young.Count + generations.Old.Count;

    /// <summary>Finds a token; null when it is not kept.</summary>
    public VerifiedToken? Find(TokenDigest digest)
    {
        var (young, old) = generations;
        if (young.TryGetValue(digest, out var token))
            return token;
        if (old.TryGetValue(digest, out token))
            Add(digest, token);
        return token;
    }

    /// <summary>Keeps a token.</summary>
    public void Add(TokenDigest digest, VerifiedToken token)
    {
        lock (gate)
        {
            if (room == 0)
                (generations, room) = (new([], generations.Young), Capacity / 2);
            if (generations.Young.TryAdd(digest, token))
                room--;
            else
                generations.Young[digest] = token;
        }
    }

    private sealed record Generations(
        ConcurrentDictionary<TokenDigest, VerifiedToken> Young, ConcurrentDictionary<TokenDigest, VerifiedToken> Old);
}
