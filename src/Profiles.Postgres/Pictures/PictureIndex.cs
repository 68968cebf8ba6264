using Npgsql;
using Profiles.Core.Pictures;
using Profiles.Postgres.Connections;
using Profiles.Postgres.Profiles;

namespace Profiles.Postgres.Pictures;

/// <summary>Knows which pictures there are, in PostgreSQL.</summary>
/// <param name="queries">Runs single statements.</param>
/// <param name="transactions">Sends batches.</param>
internal sealed class PictureIndex(Queries queries, TransactionRunner transactions) : IPictureIndex
{
    public Task<PictureAdmission> AdmitAsync(PictureAnnouncement announcement, CancellationToken cancellationToken)
    {
        var (organization, picture) = (announcement.Profile.Organization.Value, announcement.Picture.Value);
        return transactions.RunAsync(
            batch =>
            {
                batch.Add(IndexSql.Use, Parameters.Text(organization), Parameters.Text(picture), Parameters.Time(announcement.Time));
                batch.Add(
                    IndexSql.AnnounceFor,
                    Parameters.Text(organization),
                    Parameters.Text(picture),
                    Parameters.Uuid(announcement.Files.Id),
                    Parameters.Smallint((short)announcement.Place),
                    Parameters.Time(announcement.Due));
                batch.Add(
                    IndexSql.Admit,
                    Parameters.Text(organization),
                    Parameters.Text(announcement.Profile.User.Value),
                    Parameters.Text(picture),
                    Parameters.Boolean(announcement.IsLimited),
                    Parameters.Time(announcement.Time));
            },
            async reader =>
            {
                var rows = await Rows.ReadAsync<AdmissionRow>(reader, CancellationToken.None);
                await Batches.ReadToEndAsync(reader);
                return rows[0].ToAdmission(announcement.Profile, announcement.Time);
            },
            cancellationToken);
    }

    public Task AddAsync(
        PictureKey key, PictureFileSet files, PicturePlace place, bool hasOriginal, DateTime time, CancellationToken cancellationToken) =>
        transactions.RunAsync(
            batch =>
            {
                batch.Add(
                    IndexSql.Add,
                    Parameters.Text(key.Organization.Value),
                    Parameters.Text(key.Id.Value),
                    Parameters.Uuid(files.Id),
                    Parameters.Smallint((short)place),
                    Parameters.Boolean(hasOriginal),
                    Parameters.Time(time));
                batch.Add(IndexSql.Claim, Names(key, files));
            },
            Batches.ReadToEndAsync,
            cancellationToken);

    public async Task<PictureLocation?> FindAsync(PictureKey key, int size, CancellationToken cancellationToken)
    {
        var rows = await queries.ReadAsync<PictureRow>(
            IndexSql.Find, cancellationToken, Parameters.Text(key.Organization.Value), Parameters.Text(key.Id.Value), Parameters.Integer(size));
        return rows is [var row]
            ? new PictureLocation(new PictureFileSet(key.Organization, row.FilesId), (PicturePlace)row.Place, row.Bytes)
            : null;
    }

    public async Task<int> GiveUpAsync(DateTime time, DateTime due, CancellationToken cancellationToken)
    {
        var unused = await queries.ReadAsync<PictureRow>(IndexSql.ListUnused, cancellationToken, Parameters.Time(time));
        foreach (var organization in unused.GroupBy(row => row.OrganizationId))
            await GiveUpAsync(organization.Key, organization.Select(row => row.PictureId).ToArray(), time, due, cancellationToken);
        return unused.Count;
    }

    public async Task<IReadOnlyList<AbandonedFiles>> ListAbandonedAsync(DateTime time, int limit, CancellationToken cancellationToken)
    {
        var rows = await queries.ReadAsync<PictureRow>(
            IndexSql.ListAbandoned, cancellationToken, Parameters.Time(time), Parameters.Integer(limit));
        return rows.ConvertAll(row => new AbandonedFiles(row.Files, (PicturePlace)row.Place));
    }

    public Task ForgetAsync(PictureFileSet files, CancellationToken cancellationToken) => queries.ExecuteAsync(
        IndexSql.Forget, cancellationToken, Parameters.Text(files.Organization.Value), Parameters.Uuid(files.Id));

    public async Task<IReadOnlyList<PictureElsewhere>> ListElsewhereAsync(
        PicturePlace place, PictureKey? after, int limit, CancellationToken cancellationToken)
    {
        var rows = await queries.ReadAsync<PictureRow>(
            IndexSql.ListElsewhere,
            cancellationToken,
            Parameters.Smallint((short)place),
            Parameters.Text(after?.Organization.Value ?? string.Empty),
            Parameters.Text(after?.Id.Value ?? string.Empty),
            Parameters.Integer(limit));
        return rows.ConvertAll(row => new PictureElsewhere(row.Key, row.Files, (PicturePlace)row.Place, row.HasOriginal));
    }

    public Task AnnounceAsync(PictureFileSet files, PicturePlace place, DateTime due, CancellationToken cancellationToken) =>
        queries.ExecuteAsync(
            IndexSql.Announce,
            cancellationToken,
            Parameters.Text(files.Organization.Value),
            Parameters.Uuid(files.Id),
            Parameters.Smallint((short)place),
            Parameters.Time(due));

    public Task<bool> ReplaceAsync(
        PictureElsewhere before, PictureFileSet files, PicturePlace place, DateTime due, CancellationToken cancellationToken) =>
        transactions.RunAsync(
            batch =>
            {
                batch.Add(IndexSql.Replace, [.. Names(before.Key, files), Parameters.Smallint((short)place), Parameters.Uuid(before.Files.Id)]);
                batch.Add(
                    IndexSql.AbandonReplaced,
                    [.. Names(before.Key, files), Parameters.Uuid(before.Files.Id), Parameters.Smallint((short)before.Place), Parameters.Time(due)]);
                batch.Add(IndexSql.Claim, Names(before.Key, files));
                batch.Add(IndexSql.Has, Names(before.Key, files));
            },
            async reader =>
            {
                var replaced = await reader.ReadAsync() && reader.GetBoolean(0);
                await Batches.ReadToEndAsync(reader);
                return replaced;
            },
            cancellationToken);

    private Task<int> GiveUpAsync(string organization, string[] pictures, DateTime time, DateTime due, CancellationToken cancellationToken) =>
        transactions.RunAsync(
            batch =>
            {
                batch.Add(IndexSql.Lock, Parameters.Text(organization), Parameters.Texts(pictures));
                batch.Add(
                    IndexSql.AbandonUnused,
                    Parameters.Text(organization),
                    Parameters.Texts(pictures),
                    Parameters.Time(time),
                    Parameters.Time(due));
                batch.Add(IndexSql.RemoveUnused, Parameters.Text(organization), Parameters.Texts(pictures));
            },
            Batches.ReadToEndAsync,
            cancellationToken);

    private static NpgsqlParameter[] Names(PictureKey key, PictureFileSet files) =>
        [Parameters.Text(key.Organization.Value), Parameters.Text(key.Id.Value), Parameters.Uuid(files.Id)];
}
