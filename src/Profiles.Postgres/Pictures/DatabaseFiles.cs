using Profiles.Core.Pictures;
using Profiles.Postgres.Connections;
using Profiles.Postgres.Profiles;

namespace Profiles.Postgres.Pictures;

/// <summary>Keeps the files of pictures in PostgreSQL. Content goes from the caller's memory straight into the connection's buffer.</summary>
/// <param name="queries">Runs the statements.</param>
internal sealed class DatabaseFiles(Queries queries) : IPictureFiles
{
    public PicturePlace Place => PicturePlace.Database;

    public Task WriteAsync(PictureFile file, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) => queries.ExecuteAsync(
        IndexSql.WriteFile,
        cancellationToken,
        Parameters.Text(file.Files.Organization.Value),
        Parameters.Uuid(file.Files.Id),
        Parameters.Integer(file.Size),
        Parameters.Bytes(content));

    public async Task<ReadOnlyMemory<byte>?> ReadAsync(PictureFile file, CancellationToken cancellationToken)
    {
        var rows = await queries.ReadAsync<PictureRow>(
            IndexSql.ReadFile,
            cancellationToken,
            Parameters.Text(file.Files.Organization.Value),
            Parameters.Uuid(file.Files.Id),
            Parameters.Integer(file.Size));
        return rows is [var row] ? row.Bytes : null;
    }

    public Task DeleteAsync(PictureFileSet files, CancellationToken cancellationToken) => queries.ExecuteAsync(
        IndexSql.DeleteFiles, cancellationToken, Parameters.Text(files.Organization.Value), Parameters.Uuid(files.Id));

    public Uri? AddressOf(PictureFile file) => null;
}
