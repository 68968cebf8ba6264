using Profiles.Core.Audit;
using Profiles.Core.Errors;
using Profiles.Core.Identity;
using Profiles.Core.Limits;
using Profiles.Core.Operations;

namespace Profiles.Core.Credentials.Applications;

/// <summary>The use cases of signed applications.</summary>
/// <param name="store">Where they are kept.</param>
/// <param name="masterKeys">Encrypt their secrets.</param>
/// <param name="clock">Tells the time of changes.</param>
public sealed class ApplicationManager(IApplicationStore store, MasterKeys masterKeys, TimeProvider clock)
{
    private const string What = "application";

    /// <summary>Creates an application, and returns its secret, which cannot be had again.</summary>
    /// <exception cref="ProfilesException">
    /// The draft breaks a rule, the grantor has too few permissions, there is no master key, or the app key is in use.
    /// </exception>
    public async Task<(Application Application, string Secret)> CreateAsync(
        OrganizationId organization, ApplicationDraft draft, Grantor grantor, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var content = draft.Check(grantor);
        grantor.Demand(content.Permissions, user: null);

        var text = draft.ImportedSecret ?? ApplicationText.CreateSecret();
        var id = OrderedId.Create(now);
        var secret = Seal(organization, id, text, now);
        var application = new Application(
            organization, id, draft.ImportedKey ?? ApplicationText.CreateKey(), content, [secret.Secret], now.UtcDateTime, null);
        var recorded = CredentialAudit.Record(AuditAction.ApplicationCreated, id, grantor, now, FieldsOf(content));
        var outcome = await store.AddAsync(application, secret, recorded, cancellationToken);
        return (outcome.Succeed("app key"), text);
    }

    /// <summary>One application.</summary>
    /// <exception cref="ProfilesException">There is none.</exception>
    public async Task<Application> GetAsync(OrganizationId organization, Guid id, CancellationToken cancellationToken) =>
        await store.GetAsync(organization, id, clock.GetUtcNow().UtcDateTime, cancellationToken)
        ?? throw CredentialErrors.NotFound(What);

    /// <summary>A page of an organization's applications, in the order of their creation.</summary>
    public async Task<Page<Application>> ListAsync(
        OrganizationId organization, PageRequest page, CancellationToken cancellationToken)
    {
        var limit = page.Limit;
        var query = $"applications\n{organization}";
        var after = PageToken.DecodeId(query, page.PageToken);
        var now = clock.GetUtcNow().UtcDateTime;
        var applications = await store.ListAsync(organization, after, limit + 1, now, cancellationToken);
        return Page<Application>.Of(applications, limit, last => PageToken.Encode(query, last.Id));
    }

    /// <summary>Gives an application a new secret, and returns that; the one before stays valid for <paramref name="overlap"/>.</summary>
    /// <exception cref="ProfilesException">
    /// There is no such application, it is revoked, it has more permissions than the grantor, there is no master key, or the
    /// overlap is out of range.
    /// </exception>
    public async Task<(Application Application, string Secret)> RotateAsync(
        OrganizationId organization, Guid id, TimeSpan overlap, Grantor grantor, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var end = CredentialRules.EndOf(now.UtcDateTime, overlap);
        var text = ApplicationText.CreateSecret();
        var rotation = new SecretRotation(id, Seal(organization, id, text, now), end, grantor);
        var recorded = CredentialAudit.Record(AuditAction.ApplicationSecretRotated, id, grantor, now, "secrets");
        return ((await store.RotateAsync(organization, rotation, recorded, cancellationToken)).Succeed(What), text);
    }

    /// <summary>Revokes an application for ever. One that is revoked stays as it is.</summary>
    /// <exception cref="ProfilesException">There is no such application.</exception>
    public async Task<Application> RevokeAsync(
        OrganizationId organization, Guid id, Grantor grantor, CancellationToken cancellationToken)
    {
        var recorded = CredentialAudit.Record(AuditAction.ApplicationRevoked, id, grantor, clock.GetUtcNow(), "revoke_time");
        return (await store.RevokeAsync(organization, id, recorded, cancellationToken)).Succeed(What);
    }

    private SealedSecret Seal(OrganizationId organization, Guid application, string text, DateTimeOffset now)
    {
        var secret = new ApplicationSecret(OrderedId.Create(now), now.UtcDateTime, ExpireTime: null);
        var content = masterKeys.Seal(new SecretPlace(organization, application, secret.Id), text);
        return new SealedSecret(secret, masterKeys.CurrentId!, content);
    }

    private static IReadOnlyList<string> FieldsOf(ApplicationContent content) =>
        CredentialAudit.Set(
            ("display_name", content.DisplayName.Length > 0),
            ("permissions", true),
            ("rate_limits", content.RateLimits != RateLimits.None),
            ("freshness_window", content.FreshnessWindow is not null),
            ("refuse_replays", content.RefuseReplays));
}
