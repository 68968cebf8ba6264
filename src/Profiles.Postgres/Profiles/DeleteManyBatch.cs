using Npgsql;
using Profiles.Core.Identity;
using Profiles.Core.Storage;
using Profiles.Postgres.Connections;
using Profiles.Postgres.Usernames;

namespace Profiles.Postgres.Profiles;

/// <summary>The deletion of several profiles of one organization, as one batch of statements that is one transaction.</summary>
internal sealed class DeleteManyBatch(OrganizationId organization, IReadOnlyList<(UserId User, ProfileDelete Delete)> deletes)
{
    public void Build(NpgsqlBatch batch)
    {
        var each = deletes.Select(delete => new DeleteBatch(new ProfileKey(organization, delete.User), delete.Delete)).ToList();
        foreach (var one in each)
            one.AddLock(batch);
        batch.Add(ClaimSql.LockOrganization, Parameters.Text(organization.Value));
        foreach (var one in each)
            one.AddDeletion(batch);
        batch.Add(
            ProfileSql.GetMany, Parameters.Text(organization.Value), Parameters.Texts(deletes.Select(delete => delete.User.Value).ToArray()));
    }

    /// <summary>The outcomes; null where the deletion has to be sent again.</summary>
    public async Task<IReadOnlyList<WriteOutcome?>> ReadAsync(NpgsqlDataReader reader)
    {
        // Each lock is a result: of the organization, and two of each deletion.
        for (var i = 0; i < 1 + 2 * deletes.Count; i++)
            await reader.NextResultAsync();
        var rows = await Rows.ReadAsync<ProfileRow>(reader, CancellationToken.None);
        await Batches.ReadToEndAsync(reader);

        var byUser = rows.ToDictionary(row => row.UserId, StringComparer.Ordinal);
        return deletes
            .Select(delete => OutcomeReader.Read(delete.Delete, byUser.GetValueOrDefault(delete.User.Value), request: null))
            .ToList();
    }
}
