using Profiles.Core.Fields;
using Profiles.Postgres.Pictures;
using Profiles.Postgres.Usernames;

namespace Profiles.Postgres.Profiles;

/// <summary>
/// The statements of writes that name certain fields. PostgreSQL sets up all expressions of a statement for each execution, which costs
/// more than carrying them out: the fewer fields, the better.
/// </summary>
internal sealed class FieldStatements
{
    /// <summary>The statements for writes that may name any field.</summary>
    public static readonly FieldStatements OfAll = new(ProfileFields.All);

    /// <param name="named">The fields that the writes may name, at least one.</param>
    public FieldStatements(ProfileFieldSet named)
        : this(ProfileFields.All.Where(field => Touches(named, field)))
    {
    }

    private FieldStatements(IEnumerable<ProfileFieldDefinition> fields)
    {
        var columns = new WrittenColumns([.. fields]);
        Upsert = PlainWriteSql.Upsert(columns);
        Create = WriteSql.Create(columns);
        Update = WriteSql.Update(columns.Patch);
        UpdateKeepingEmail = WriteSql.UpdateKeepingEmail(columns.Patch);
        UpdatePicture = PictureSql.Update(columns.Patch);
        Mark = ClaimSql.Mark(columns.Patch);
        UpdateClaimed = ClaimSql.Update(columns.Patch);
    }

    /// <summary><see cref="PlainWriteSql.Upsert"/>.</summary>
    public string Upsert { get; }

    /// <summary><see cref="WriteSql.Create"/>.</summary>
    public string Create { get; }

    /// <summary><see cref="WriteSql.Update"/>.</summary>
    public string Update { get; }

    /// <summary><see cref="WriteSql.UpdateKeepingEmail"/>.</summary>
    public string UpdateKeepingEmail { get; }

    /// <summary><see cref="PictureSql.Update"/>.</summary>
    public string UpdatePicture { get; }

    /// <summary><see cref="ClaimSql.Mark"/>.</summary>
    public string Mark { get; }

    /// <summary><see cref="ClaimSql.Update"/>.</summary>
    public string UpdateClaimed { get; }

    // A flag that vouches for a field falls with it.
    private static bool Touches(ProfileFieldSet named, ProfileFieldDefinition field) =>
        named.Contains(field.Field) || field.Verifies is { } verified && named.Contains(verified);
}
