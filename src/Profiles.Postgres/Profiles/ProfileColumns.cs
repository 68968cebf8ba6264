using System.Globalization;
using Profiles.Core.Fields;
using Profiles.Core.Rules;

namespace Profiles.Postgres.Profiles;

/// <summary>
/// The column lists and expressions that the statements on profiles share, made once from the table of fields. In all of
/// them <c>p</c> is the stored row and <c>k</c> a write, whose JSON object <c>patch</c> has a key for each bit of
/// <c>fields</c>.
/// </summary>
internal static class ProfileColumns
{
    private static readonly IReadOnlyList<ProfileFieldDefinition> Fields = ProfileFields.All;

    /// <summary>The columns of the fields.</summary>
    public static readonly string Names = Join(", ", field => field.Name);

    /// <summary>The fields' values in a row that a write creates.</summary>
    public static readonly string CreatedValues = Join(", ", field => NewValue(field, storedAttributes: "'{}'::jsonb"));

    /// <summary>Assignments that give each named field its new value and leave the others.</summary>
    public static readonly string Assignments =
        Join(",\n    ", field => $"{field.Name} = CASE WHEN {IsNamed(field)} THEN {NewValue(field)}{Fall(field)} ELSE p.{field.Name} END");

    /// <summary>Whether any field would change.</summary>
    public static readonly string AnyChange = Join("\n        OR ", field => $"({Changes(field)})");

    /// <summary>The bit set of the fields that would change.</summary>
    public static readonly string ChangedFields =
        Join("\n        | ", field => $"CASE WHEN {Changes(field)} THEN {Bit(field)}{FallChanges(field)} ELSE 0 END");

    /// <summary>Assignments that empty every field.</summary>
    public static readonly string Erasures = Join(", ", field => $"{field.Name} = DEFAULT");

    /// <summary>Whether the attributes would stay within their limit.</summary>
    public static readonly string AttributesFit = AttributesWithinLimit(ProfileFields.Get(ProfileField.Attributes));

    private static string Changes(ProfileFieldDefinition field) =>
        $"{IsNamed(field)} AND p.{field.Name} IS DISTINCT FROM {NewValue(field)}";

    // A flag that vouches for another field falls when that one changes, unless the write names the flag itself.
    private static string Fall(ProfileFieldDefinition field) =>
        field.Verifies is { } verified ? $" WHEN {Changes(ProfileFields.Get(verified))} THEN false" : string.Empty;

    private static string FallChanges(ProfileFieldDefinition field) =>
        field.Verifies is { } verified
            ? $" WHEN NOT ({IsNamed(field)}) AND p.{field.Name} AND {Changes(ProfileFields.Get(verified))} THEN {Bit(field)}"
            : string.Empty;

    private static string IsNamed(ProfileFieldDefinition field) => $"k.fields & {Bit(field)} <> 0";

    private static string Bit(ProfileFieldDefinition field) =>
        ProfileFieldSet.Bit(field.Field).ToString(CultureInfo.InvariantCulture) + "::bigint";

    private static string NewValue(
        ProfileFieldDefinition field,
        string storedAttributes = "CASE WHEN k.replaces_attributes THEN '{}'::jsonb ELSE p.attributes END") =>
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

    private static string AttributesWithinLimit(ProfileFieldDefinition attributes)
    {
        var count = $"jsonb_array_length(jsonb_path_query_array({NewValue(attributes)}, '$.keyvalue()'))";
        return $"(k.fields & {Bit(attributes)} = 0 OR {count} <= {AttributeRules.MaxCount})";
    }

    private static string Join(string separator, Func<ProfileFieldDefinition, string> column) =>
        string.Join(separator, Fields.Select(column));
}
