using Npgsql;
using Profiles.Core.Credentials;
using Profiles.Postgres.Profiles;

namespace Profiles.Postgres.Credentials;

/// <summary>What a grantor can hand on, as parameters of a condition.</summary>
internal static class GrantorParameters
{
    /// <summary>Whether it grants everything, and its permissions.</summary>
    public static NpgsqlParameter[] PermissionsOf(Grantor grantor) =>
        [Parameters.Boolean(grantor.Permissions is null), Parameters.Texts([.. grantor.Permissions ?? []])];

    /// <summary>Whether it grants any user, and its own.</summary>
    public static NpgsqlParameter[] UsersOf(Grantor grantor) =>
        [Parameters.Boolean(grantor.GrantsAnyUser), Parameters.OptionalText(grantor.User)];
}
