using Npgsql;
using Profiles.Core.Errors;
using Profiles.Core.Identity;
using Profiles.Core.Organizations;
using Profiles.Core.Usernames;
using Profiles.Postgres.Connections;
using Profiles.Postgres.Organizations;
using Profiles.Postgres.Profiles;

namespace Profiles.Postgres.Usernames;

/// <summary>
/// Switches the uniqueness of an organization's usernames on: names become their users' own, unless some collide. While it looks,
/// nobody gets a name.
/// </summary>
/// <param name="dataSource">The database.</param>
/// <param name="turns">Puts it after changes of the denylist.</param>
internal sealed class UniquenessSwitch(NpgsqlDataSource dataSource, OrganizationTurns turns)
{
    // An answer has limits too.
    private const int MaxViolations = 50;

    private const int PatienceSeconds = 300;

    /// <summary>
    /// Carries out an update that switches uniqueness on, and returns the row after it; or what is in its way, and then changes
    /// nothing.
    /// </summary>
    public Task<(OrganizationRow? Row, IReadOnlyList<FieldViolation> Collisions)> RunAsync(
        OrganizationWrite write,
        OrganizationId organization,
        OrganizationPatch patch,
        string field,
        CancellationToken cancellationToken) =>
        turns.RunAsync(
            organization,
            () => Conflicts.RetryAsync(() => StorageErrors.TranslateAsync(
                () => SwitchAsync(write, organization, patch, field, cancellationToken))),
            cancellationToken);

    private async Task<(OrganizationRow? Row, IReadOnlyList<FieldViolation> Collisions)> SwitchAsync(
        OrganizationWrite write,
        OrganizationId organization,
        OrganizationPatch patch,
        string field,
        CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var policy = await LockAsync(connection, organization, patch, cancellationToken);
        if (policy is { } lookAlikes)
        {
            var names = await ReadNamesAsync(connection, organization, cancellationToken);
            var collisions = UsernameCollisions.Find(names, lookAlikes);
            if (collisions.Count == 0)
                collisions = await OwnAsync(connection, organization, names, lookAlikes, cancellationToken);
            if (collisions.Count > 0)
                return (null, collisions.Take(MaxViolations).Select(text => new FieldViolation(field, text)).ToList());
        }

        var row = await UpdateAsync(connection, write, patch);
        await transaction.CommitAsync(CancellationToken.None);
        return (row, []);
    }

    // The policy that will be in force; null when names are unique already.
    private static async Task<LookAlikePolicy?> LockAsync(
        NpgsqlConnection connection, OrganizationId organization, OrganizationPatch patch, CancellationToken cancellationToken)
    {
        await using var command = Command(connection, UniquenessSql.Lock, Parameters.Text(organization.Value));
        if (await command.ExecuteScalarAsync(cancellationToken) is not string settings)
            return null;
        var current = SettingsJson.Read(settings);
        return current.Usernames.Unique ? null : patch.ApplyTo(current).Usernames.LookAlikes;
    }

    private static async Task<List<OwnedName>> ReadNamesAsync(
        NpgsqlConnection connection, OrganizationId organization, CancellationToken cancellationToken)
    {
        var names = new List<OwnedName>();
        await using var command = Command(connection, UniquenessSql.ReadNames, Parameters.Text(organization.Value));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            names.Add(new OwnedName(reader.GetString(0), DeniedName.Parse(reader.GetString(1))));
        return names;
    }

    private static async Task<IReadOnlyList<string>> OwnAsync(
        NpgsqlConnection connection,
        OrganizationId organization,
        List<OwnedName> names,
        LookAlikePolicy policy,
        CancellationToken cancellationToken)
    {
        await using var batch = connection.CreateBatch();
        batch.Timeout = PatienceSeconds;
        batch.Add(UniquenessSql.RemoveOthers, Parameters.Text(organization.Value));
        batch.Add(UniquenessSql.Disown, Parameters.Text(organization.Value));
        batch.Add(
            UniquenessSql.Own,
            Parameters.Text(organization.Value),
            Parameters.Texts([.. names.Select(name => name.Owner)]),
            Parameters.Texts([.. names.Select(name => name.Name.Key)]),
            Parameters.Texts([.. names.Select(name => name.Name.Forms?.SmallLook)]),
            Parameters.Texts([.. names.Select(name => name.Name.Forms?.CapitalLook)]),
            Parameters.Texts([.. names.Select(name => name.Name.Forms?.Skeleton)]),
            Parameters.Smallint((short)policy));
        batch.Add(UniquenessSql.ReadDenied, Parameters.Text(organization.Value), Parameters.Integer(MaxViolations), Parameters.Smallint((short)policy));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var denied = await Rows.ReadTextsAsync(reader, cancellationToken);
        return denied.ConvertAll(user => $"cannot be set while {user} has a name that is denied");
    }

    private static async Task<OrganizationRow?> UpdateAsync(NpgsqlConnection connection, OrganizationWrite write, OrganizationPatch patch)
    {
        await using var batch = connection.CreateBatch();
        write.BuildUpdate(batch, patch);
        await using var reader = await batch.ExecuteReaderAsync(CancellationToken.None);
        return await OrganizationWrite.ReadAsync(reader);
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, params NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlCommand(sql, connection) { CommandTimeout = PatienceSeconds };
        command.Parameters.AddRange(parameters);
        return command;
    }
}
