using Profiles.Core.Changes;
using Profiles.Core.Credentials.Applications;

namespace Profiles.Server.Access.Directories;

/// <summary>Finds applications by their app keys, without the database where it was asked before.</summary>
internal sealed class ApplicationDirectory
{
    private const int Capacity = 10_000;

    private readonly ChangeCache<string, KnownApplication> cache;
    private readonly IApplicationStore store;
    private readonly MasterKeys masterKeys;
    private readonly ILogger<ApplicationDirectory> logger;

    public ApplicationDirectory(
        IApplicationStore store, MasterKeys masterKeys, IChangeFeed feed, TimeProvider clock, ILogger<ApplicationDirectory> logger)
    {
        (this.store, this.masterKeys, this.logger) = (store, masterKeys, logger);
        cache = new ChangeCache<string, KnownApplication>(feed, ReadAsync, Capacity, clock);
        feed.Subscribe(
            ChangeKinds.Application,
            notice => cache.ForgetWhere(known => known.Application.Organization == notice.Organization && known.Id == notice.Id));
    }

    /// <summary>The application of an app key, whatever became of it; null when there never was one.</summary>
    public ValueTask<KnownApplication?> FindAsync(string appKey, CancellationToken cancellationToken) =>
        cache.GetAsync(appKey, cancellationToken);

    // A reading serves all who wait for it, so none of them can cancel it.
    private async Task<KnownApplication?> ReadAsync(string appKey) =>
        await store.FindAsync(appKey, CancellationToken.None) is { } found
            ? new KnownApplication(found.Application, found.Secrets.Select(secret => Open(found.Application, secret)).OfType<KnownSecret>())
            : null;

    private KnownSecret? Open(Application application, SealedSecret secret)
    {
        var place = new SecretPlace(application.Organization, application.Id, secret.Secret.Id);
        if (masterKeys.Open(place, secret.MasterKeyId, secret.Content) is { } text)
            return new KnownSecret(text, secret.Secret.ExpireTime);
        ServerLog.SecretUnreadable(logger, application.Id, secret.MasterKeyId);
        return null;
    }
}
