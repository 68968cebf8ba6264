using Npgsql;
using NpgsqlTypes;
using Profiles.Core.Usernames;

namespace Profiles.Postgres.Usernames;

/// <summary>Sends a list of denied names to the table of <see cref="ReplacementSql.CreateStaging"/>.</summary>
internal static class DenylistStaging
{
    /// <summary>Sends them in the order of their keys, so that each part of them meets few pages of the indexes.</summary>
    public static async Task FillAsync(NpgsqlConnection connection, IReadOnlyCollection<DeniedName> names, CancellationToken cancellationToken)
    {
        await using var writer = await connection.BeginBinaryImportAsync(ReplacementSql.CopyToStaging, cancellationToken);
        var position = 0;
        foreach (var name in names.OrderBy(name => name.Key, StringComparer.Ordinal))
            await WriteAsync(writer, position++, name, cancellationToken);
        await writer.CompleteAsync(cancellationToken);
    }

    private static async Task WriteAsync(
        NpgsqlBinaryImporter writer, int position, DeniedName name, CancellationToken cancellationToken)
    {
        await writer.StartRowAsync(cancellationToken);
        await writer.WriteAsync(position, NpgsqlDbType.Integer, cancellationToken);
        foreach (var text in (string?[])[name.Key, name.Forms?.SmallLook, name.Forms?.CapitalLook, name.Forms?.Skeleton, name.Text])
        {
            if (text is null)
                await writer.WriteNullAsync(cancellationToken);
            else
                await writer.WriteAsync(text, NpgsqlDbType.Text, cancellationToken);
        }
    }
}
