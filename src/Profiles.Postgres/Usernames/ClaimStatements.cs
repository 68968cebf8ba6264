using Npgsql;
using Profiles.Core.Identity;
using Profiles.Core.Storage;
using Profiles.Postgres.Profiles;

namespace Profiles.Postgres.Usernames;

/// <summary>The statements of <see cref="ClaimSql"/> with their parameters.</summary>
internal static class ClaimStatements
{
    /// <summary>Gives up the name before, if the write took place and changed it.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="organization">The organization.</param>
    /// <param name="user">Whose name.</param>
    /// <param name="context">The write's.</param>
    /// <param name="newKey">The key of the name that is not given up; empty for none.</param>
    public static void AddRelease(
        this NpgsqlBatch batch, OrganizationId organization, UserId user, WriteContext context, string newKey)
    {
        foreach (var sql in (ReadOnlySpan<string>)[ClaimSql.Forget, ClaimSql.Release])
        {
            batch.Add(
                sql,
                Parameters.Text(organization.Value),
                Parameters.Text(user.Value),
                Parameters.Uuid(context.ChangeId),
                Parameters.Text(newKey),
                Parameters.Time(context.Time));
        }
    }

    /// <summary>Gives the user the name that was marked for the write.</summary>
    public static void AddTake(this NpgsqlBatch batch, OrganizationId organization, UserId user, WriteContext context, string key) =>
        batch.Add(
            ClaimSql.Take,
            Parameters.Text(organization.Value),
            Parameters.Text(user.Value),
            Parameters.Uuid(context.ChangeId),
            Parameters.Text(key));
}
