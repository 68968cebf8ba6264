using Profiles.Core.Credentials.Applications;
using Profiles.Core.Identity;
using Profiles.Postgres.Connections;
using Profiles.Postgres.Profiles;

namespace Profiles.Postgres.Credentials;

/// <summary>Remembers signatures in PostgreSQL.</summary>
/// <param name="queries">Runs the statements.</param>
internal sealed class SignatureStore(Queries queries) : ISignatureStore
{
    public async Task<bool> TakeAsync(
        OrganizationId organization, Guid application, byte[] signature, DateTime expireTime, CancellationToken cancellationToken) =>
        await queries.ExecuteAsync(
            SecretSql.TakeSignature,
            cancellationToken,
            Parameters.Text(organization.Value),
            Parameters.Uuid(application),
            Parameters.Bytea(signature),
            Parameters.Time(expireTime)) == 1;

    public Task<int> ForgetAsync(DateTime now, CancellationToken cancellationToken) =>
        queries.CleanUpAsync(SecretSql.ForgetSignatures, cancellationToken, Parameters.Time(now));
}
