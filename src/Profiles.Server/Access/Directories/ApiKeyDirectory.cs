using System.Collections.Frozen;
using Profiles.Core.Access;
using Profiles.Core.Changes;
using Profiles.Core.Credentials.ApiKeys;

namespace Profiles.Server.Access.Directories;

/// <summary>Finds API keys by their texts, without the database where it was asked before.</summary>
internal sealed class ApiKeyDirectory
{
    private const int Capacity = 20_000;

    private readonly ChangeCache<ApiKeyHash, KnownApiKey> cache;

    public ApiKeyDirectory(IApiKeyStore store, IChangeFeed feed, TimeProvider clock)
    {
        // A reading serves all who wait for it, so none of them can cancel it.
        cache = new ChangeCache<ApiKeyHash, KnownApiKey>(
            feed,
            async hash => await store.FindAsync(hash, CancellationToken.None) is { } found ? new KnownApiKey(found) : null,
            Capacity,
            clock);
        feed.Subscribe(
            ChangeKinds.ApiKey,
            notice => cache.ForgetWhere(known => known.Found.Key.Organization == notice.Organization && known.Id == notice.Id));
    }

    /// <summary>The key of a text, whatever became of it; null when there never was one.</summary>
    public ValueTask<KnownApiKey?> FindAsync(ApiKeyHash hash, CancellationToken cancellationToken) =>
        cache.GetAsync(hash, cancellationToken);
}

/// <summary>An API key, and whom it stands for.</summary>
internal sealed class KnownApiKey
{
    public KnownApiKey(FoundApiKey found)
    {
        var key = found.Key;
        (Found, Id) = (found, key.Id.ToString());
        Caller = new Caller(key.Organization, key.Content.User?.Value ?? Id, key.Content.Permissions.ToFrozenSet(StringComparer.Ordinal))
        {
            Kind = CredentialKind.ApiKey,
            CredentialId = Id,
            SpeaksForUser = key.Content.User is not null,
            RateLimits = key.Content.RateLimits,
        };
    }

    public FoundApiKey Found { get; }

    public string Id { get; }

    public Caller Caller { get; }
}
