using Profiles.Core.Credentials;
using Profiles.Core.Credentials.Applications;

namespace Profiles.Postgres.Credentials;

/// <summary>One row of <c>applications</c> with one of its secrets, if it has any, as Dapper maps it.</summary>
internal sealed class ApplicationRow
{
    public string OrganizationId { get; set; } = string.Empty;

    public Guid ApplicationId { get; set; }

    public Guid ChangeId { get; set; }

    public DateTime CreatedAt { get; set; }

    public string DisplayName { get; set; } = string.Empty;

    public string AppKey { get; set; } = string.Empty;

    public string[] Permissions { get; set; } = [];

    public string? RateLimits { get; set; }

    public int? FreshnessSeconds { get; set; }

    public bool RefuseReplays { get; set; }

    public DateTime? RevokedAt { get; set; }

    public Guid? SecretId { get; set; }

    public DateTime SecretCreatedAt { get; set; }

    public DateTime? SecretExpiresAt { get; set; }

    public string MasterKeyId { get; set; } = string.Empty;

    public byte[] Sealed { get; set; } = [];

    /// <summary>The applications of rows that are in their order.</summary>
    public static IEnumerable<FoundApplication> Gather(IEnumerable<ApplicationRow> rows) =>
        rows.GroupBy(row => row.ApplicationId).Select(group => Gather([.. group]));

    /// <summary>What became of a change, by the rows afterwards.</summary>
    public static ChangeOutcome<Application> ToOutcome(List<ApplicationRow> rows, Guid changeId)
    {
        if (Gather(rows).SingleOrDefault()?.Application is not { } application)
            return new ChangeOutcome<Application>(ChangeOutcomeKind.NotFound);
        var kind = rows[0].ChangeId == changeId
            ? ChangeOutcomeKind.Done
            : application.RevokeTime is null ? ChangeOutcomeKind.Exceeds : ChangeOutcomeKind.Ended;
        return new ChangeOutcome<Application>(kind, application);
    }

    private static FoundApplication Gather(ApplicationRow[] rows)
    {
        var secrets = rows.Where(row => row.SecretId is not null).Select(row => row.ToSecret()).ToList();
        return new FoundApplication(rows[0].ToApplication(secrets.ConvertAll(secret => secret.Secret)), secrets);
    }

    private SealedSecret ToSecret() =>
        new(new ApplicationSecret(SecretId!.Value, SecretCreatedAt, SecretExpiresAt), MasterKeyId, Sealed);

    private Application ToApplication(IReadOnlyList<ApplicationSecret> secrets) =>
        new(
            Core.Identity.OrganizationId.Parse(OrganizationId),
            ApplicationId,
            AppKey,
            new ApplicationContent(
                DisplayName,
                Permissions,
                FreshnessSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
                RefuseReplays)
            {
                RateLimits = RateLimitsJson.Read(RateLimits),
            },
            secrets,
            CreatedAt,
            RevokedAt);
}
