using Npgsql;
using NpgsqlTypes;
using Profiles.Core.Identity;
using Profiles.Core.Usernames;

namespace Profiles.Postgres.Usernames;

/// <summary>Sends denied names, in one command whatever their number.</summary>
internal static class DenylistCopy
{
    /// <summary>Sends a list to the table of <see cref="ReplacementSql.CreateStaging"/>.</summary>
    public static async Task FillStagingAsync(NpgsqlConnection connection, DeniedName[] names, CancellationToken cancellationToken)
    {
        await using var writer = await connection.BeginBinaryImportAsync(ReplacementSql.CopyToStaging, cancellationToken);
        for (var position = 0; position < names.Length; position++)
        {
            var name = names[position];
            await writer.StartRowAsync(cancellationToken);
            await writer.WriteAsync(position, NpgsqlDbType.Integer, cancellationToken);
            await WriteAsync(writer, name.Key, cancellationToken);
            await WriteAsync(writer, LookInStaging(name, name.Forms?.SmallLook), cancellationToken);
            await WriteAsync(writer, LookInStaging(name, name.Forms?.CapitalLook), cancellationToken);
            await WriteAsync(writer, name.Forms?.Skeleton, cancellationToken);
            await WriteAsync(writer, name.Text, cancellationToken);
        }

        await writer.CompleteAsync(cancellationToken);
    }

    /// <summary>Adds names that have no rows, denied from a generation on; fails if one has.</summary>
    public static async Task AddAsync(
        NpgsqlConnection connection,
        OrganizationId organization,
        long generation,
        IEnumerable<DeniedName> names,
        CancellationToken cancellationToken)
    {
        await using var writer = await connection.BeginBinaryImportAsync(ReplacementSql.CopyNew, cancellationToken);
        foreach (var name in names)
        {
            await writer.StartRowAsync(cancellationToken);
            await WriteAsync(writer, organization.Value, cancellationToken);
            await WriteAsync(writer, name.Key, cancellationToken);
            await WriteAsync(writer, name.Forms?.SmallLook, cancellationToken);
            await WriteAsync(writer, name.Forms?.CapitalLook, cancellationToken);
            await WriteAsync(writer, name.Forms?.Skeleton, cancellationToken);
            await writer.WriteAsync(generation, NpgsqlDbType.Bigint, cancellationToken);
            await WriteAsync(writer, name.Text, cancellationToken);
        }

        await writer.CompleteAsync(cancellationToken);
    }

    // Most looks are the key, which goes there once.
    private static string? LookInStaging(DeniedName name, string? look) => look == name.Key ? null : look;

    private static Task WriteAsync(NpgsqlBinaryImporter writer, string? text, CancellationToken cancellationToken) => text is null
        ? writer.WriteNullAsync(cancellationToken)
        : writer.WriteAsync(text, NpgsqlDbType.Text, cancellationToken);
}
