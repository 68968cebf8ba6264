using System.Globalization;
using Profiles.Core.Fields;

namespace Profiles.Postgres.Profiles;

/// <summary>The columns that writes of some fields touch, with what is to be said of them.</summary>
/// <param name="fields">The fields, at least one.</param>
internal sealed class WrittenColumns(IReadOnlyList<ProfileFieldDefinition> fields)
{
    /// <summary>The columns' names.</summary>
    public string Names { get; } = FieldExpressions.Join(fields, ", ", field => field.Name);

    /// <summary>Their values in a row that a write <c>k</c> creates.</summary>
    public string CreatedValues { get; } = FieldExpressions.Join(fields, ", ", field => PatchValue(field, "'{}'::jsonb"));

    /// <summary>Of a write <c>k</c>, whose JSON object <c>patch</c> has a key for each bit of <c>fields</c>.</summary>
    public FieldExpressions Patch { get; } = new(fields, "k.fields", PatchValue, "k.replaces_attributes");

    /// <summary>Of a row <c>excluded</c>, whose <c>named_fields</c> tell what it brings. Of its attributes none is null.</summary>
    public FieldExpressions Excluded { get; } = new(
        fields,
        "excluded.named_fields",
        ExcludedValue,
        $"(excluded.named_fields & {PlainWriteSql.ReplacesAttributes.ToString(CultureInfo.InvariantCulture)}::bigint <> 0)");

    private static string ExcludedValue(ProfileFieldDefinition field, string storedAttributes) =>
        field.Kind == ProfileFieldKind.Attributes ? $"({storedAttributes} || excluded.{field.Name})" : $"excluded.{field.Name}";

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
