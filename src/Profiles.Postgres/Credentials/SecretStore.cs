using Npgsql;
using Profiles.Core.Credentials.Applications;
using Profiles.Postgres.Connections;
using Profiles.Postgres.Profiles;

namespace Profiles.Postgres.Credentials;

/// <summary>The secrets of all organizations in PostgreSQL.</summary>
/// <param name="queries">Reads.</param>
/// <param name="transactions">Carries changes out.</param>
internal sealed class SecretStore(Queries queries, TransactionRunner transactions) : ISecretStore
{
    public async Task<IReadOnlyList<StoredSecret>> ListAsync(
        string masterKeyId, SecretPlace? after, int limit, CancellationToken cancellationToken)
    {
        var rows = await queries.ReadAsync<SecretRow>(
            SecretSql.List,
            cancellationToken,
            Parameters.Text(masterKeyId),
            Parameters.Text(after?.Organization.Value ?? string.Empty),
            Parameters.Uuid(after?.Application ?? Guid.Empty),
            Parameters.Uuid(after?.Secret ?? Guid.Empty),
            Parameters.Integer(limit));
        return rows.ConvertAll(row => row.ToSecret());
    }

    public Task ReplaceAsync(IReadOnlyCollection<SecretReplacement> replacements, CancellationToken cancellationToken) =>
        replacements.Count == 0
            ? Task.CompletedTask
            : transactions.RunAsync(batch => Build(batch, replacements), Batches.ReadToEndAsync, cancellationToken);

    private static void Build(NpgsqlBatch batch, IReadOnlyCollection<SecretReplacement> replacements)
    {
        foreach (var replacement in replacements)
        {
            batch.Add(
                SecretSql.Replace,
                Parameters.Text(replacement.Old.Place.Organization.Value),
                Parameters.Uuid(replacement.Old.Place.Application),
                Parameters.Uuid(replacement.Old.Place.Secret),
                Parameters.Bytea(replacement.Old.Content),
                Parameters.Text(replacement.MasterKeyId),
                Parameters.Bytea(replacement.Content));
        }
    }
}
