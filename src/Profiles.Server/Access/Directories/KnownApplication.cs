using System.Collections.Frozen;
using System.Security.Cryptography;
using Profiles.Core.Access;
using Profiles.Core.Credentials.Applications;
using Profiles.Core.Identity;

namespace Profiles.Server.Access.Directories;

/// <summary>An application with its secrets in the clear, and whom it stands for.</summary>
internal sealed class KnownApplication
{
    private const int MaxSecrets = 2;

    // As long as the secrets that are made here.
    private static readonly byte[] SecretOfNobody = RandomNumberGenerator.GetBytes(22);

    private readonly KnownSecret[] secrets;

    public KnownApplication(Application application, IEnumerable<KnownSecret> secrets)
    {
        Application = application;
        this.secrets = [.. secrets];
        Id = application.Id.ToString();
        Caller = new Caller(application.Organization, Id, application.Content.Permissions.ToFrozenSet(StringComparer.Ordinal))
        {
            Kind = CredentialKind.Application,
            CredentialId = Id,
            SpeaksForUser = false,
            RateLimits = application.Content.RateLimits,
        };
    }

    /// <summary>Stands for app keys that nobody has: revoked, with secrets that nobody knows.</summary>
    public static KnownApplication Nobody { get; } = new(
        new Application(
            OrganizationId.Parse("-"), Guid.Empty, "", new ApplicationContent("", [], null, false), [], DateTime.UnixEpoch, DateTime.UnixEpoch),
        []);

    public Application Application { get; }

    public string Id { get; }

    public Caller Caller { get; }

    /// <summary>
    /// The secrets that are valid, always two: one that nobody knows stands for what is not there, so that checking a signature is
    /// the same work for every application.
    /// </summary>
    public IReadOnlyList<byte[]> SecretsAt(DateTime time) =>
    [
        .. secrets.Where(secret => !(secret.ExpireTime <= time)).Select(secret => secret.Text)
            .Concat(Enumerable.Repeat(SecretOfNobody, MaxSecrets)).Take(MaxSecrets),
    ];
}

/// <summary>A secret in the clear.</summary>
internal sealed class KnownSecret(byte[] text, DateTime? expireTime)
{
    public byte[] Text { get; } = text;

    public DateTime? ExpireTime { get; } = expireTime;
}
