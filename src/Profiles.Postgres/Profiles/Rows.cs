using System.Data.Common;
using Dapper;

namespace Profiles.Postgres.Profiles;

/// <summary>Maps the rows of a result with Dapper's compiled row parsers.</summary>
internal static class Rows
{
    // Columns are given_name, properties GivenName.
    static Rows() => DefaultTypeMap.MatchNamesWithUnderscores = true;

    public static async Task<List<T>> ReadAsync<T>(DbDataReader reader, CancellationToken cancellationToken)
    {
        var rows = new List<T>();
        Func<DbDataReader, T>? parse = null;
        while (await reader.ReadAsync(cancellationToken))
            rows.Add((parse ??= reader.GetRowParser<T>())(reader));
        return rows;
    }

    /// <summary>The first column, which is text: Dapper takes a string for a type with properties.</summary>
    public static async Task<List<string>> ReadTextsAsync(DbDataReader reader, CancellationToken cancellationToken)
    {
        var texts = new List<string>();
        while (await reader.ReadAsync(cancellationToken))
            texts.Add(reader.GetString(0));
        return texts;
    }
}
