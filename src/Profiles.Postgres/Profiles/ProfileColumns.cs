using System.Globalization;
using Profiles.Core.Fields;

namespace Profiles.Postgres.Profiles;

/// <summary>The column lists and expressions that the statements on profiles share, made once from the table of fields.</summary>
internal static class ProfileColumns
{
    /// <summary>The columns of the fields.</summary>
    public static readonly string Names = FieldExpressions.Join(", ", field => field.Name);

    /// <summary>Assignments that empty every field.</summary>
    public static readonly string Erasures = FieldExpressions.Join(", ", field => $"{field.Name} = DEFAULT");

    /// <summary>
    /// Of a write <c>k</c>, whose JSON object <c>patch</c> has a key for each bit of <c>fields</c>.
    /// </summary>
    public static readonly FieldExpressions Patch = new("k.fields", PatchValue, "k.replaces_attributes");

    /// <summary>Of a row <c>excluded</c>, whose <c>named_fields</c> tell what it brings. Of its attributes none is null.</summary>
    public static readonly FieldExpressions Excluded = new(
        "excluded.named_fields",
        (field, storedAttributes) => field.Kind == ProfileFieldKind.Attributes
            ? $"({storedAttributes} || excluded.{field.Name})"
            : $"excluded.{field.Name}",
        $"(excluded.named_fields & {PlainWriteSql.ReplacesAttributes.ToString(CultureInfo.InvariantCulture)}::bigint <> 0)");

    /// <summary>The fields' values in a row that a write creates.</summary>
    public static readonly string CreatedValues = FieldExpressions.Join(", ", field => PatchValue(field, "'{}'::jsonb"));

    private static string PatchValue(ProfileFieldDefinition field, string storedAttributes) =>
        field.Kind switch
        {
            ProfileFieldKind.Number => $"(k.patch->>'{field.Name}')::smallint",
            ProfileFieldKind.Flag => $"coalesce((k.patch->>'{field.Name}')::boolean, false)",
            ProfileFieldKind.ObjectReference => $"nullif(k.patch->'{field.Name}', 'null'::jsonb)",
            // A null value removes its key.
            ProfileFieldKind.Attributes =>
                $"jsonb_strip_nulls({storedAttributes} || coalesce(k.patch->'{field.Name}', '{{}}'::jsonb))",
            _ => $"k.patch->>'{field.Name}'",
        };
}
