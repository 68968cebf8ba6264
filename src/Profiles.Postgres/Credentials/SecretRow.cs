using Profiles.Core.Credentials.Applications;

namespace Profiles.Postgres.Credentials;

/// <summary>One row of <c>application_secrets</c>, as Dapper maps it.</summary>
internal sealed class SecretRow
{
    public string OrganizationId { get; set; } = string.Empty;

    public Guid ApplicationId { get; set; }

    public Guid SecretId { get; set; }

    public string MasterKeyId { get; set; } = string.Empty;

    public byte[] Sealed { get; set; } = [];

    public StoredSecret ToSecret() =>
        new(new SecretPlace(Core.Identity.OrganizationId.Parse(OrganizationId), ApplicationId, SecretId), MasterKeyId, Sealed);
}
