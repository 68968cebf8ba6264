using System.Globalization;
using Profiles.Core.Fields;
using Profiles.Core.Rules;

namespace Profiles.Postgres.Profiles;

/// <summary>Expressions about a write and the stored row <c>p</c> that it meets.</summary>
internal sealed class FieldExpressions
{
    private readonly string fields;
    private readonly Func<ProfileFieldDefinition, string, string> value;
    private readonly string storedAttributes;

    /// <param name="fields">The expression of the bit set of the fields that the write names.</param>
    /// <param name="value">The expression of a field's new value, given that of the attributes that stay.</param>
    /// <param name="replacesAttributes">The expression that tells whether the attributes before go.</param>
    public FieldExpressions(string fields, Func<ProfileFieldDefinition, string, string> value, string replacesAttributes)
    {
        this.fields = fields;
        this.value = value;
        storedAttributes = $"CASE WHEN {replacesAttributes} THEN '{{}}'::jsonb ELSE p.attributes END";
        Assignments = Join(",\n    ", field => $"{field.Name} = CASE WHEN {IsNamed(field)} THEN {NewValue(field)}{Fall(field)} ELSE p.{field.Name} END");
        AnyChange = Join("\n        OR ", field => $"({Changes(field)})");
        ChangedFields = Join("\n        | ", field => $"CASE WHEN {Changes(field)} THEN {Bit(field)}{FallChanges(field)} ELSE 0 END");
        AttributesFit = AttributesWithinLimit(ProfileFields.Get(ProfileField.Attributes));
    }

    /// <summary>Assignments that give each named field its new value and leave the others.</summary>
    public string Assignments { get; }

    /// <summary>Whether any field would change.</summary>
    public string AnyChange { get; }

    /// <summary>The bit set of the fields that would change.</summary>
    public string ChangedFields { get; }

    /// <summary>Whether the attributes would stay within their limit.</summary>
    public string AttributesFit { get; }

    /// <summary>An expression for each field, one after the other.</summary>
    public static string Join(string separator, Func<ProfileFieldDefinition, string> column) =>
        string.Join(separator, ProfileFields.All.Select(column));

    private static string Bit(ProfileFieldDefinition field) =>
        ProfileFieldSet.Bit(field.Field).ToString(CultureInfo.InvariantCulture) + "::bigint";

    private string IsNamed(ProfileFieldDefinition field) => $"{fields} & {Bit(field)} <> 0";

    private string NewValue(ProfileFieldDefinition field) => value(field, storedAttributes);

    private string Changes(ProfileFieldDefinition field) =>
        $"{IsNamed(field)} AND p.{field.Name} IS DISTINCT FROM {NewValue(field)}";

    // A flag that vouches for another field falls when that one changes, unless the write names the flag itself.
    private string Fall(ProfileFieldDefinition field) =>
        field.Verifies is { } verified ? $" WHEN {Changes(ProfileFields.Get(verified))} THEN false" : string.Empty;

    private string FallChanges(ProfileFieldDefinition field) =>
        field.Verifies is { } verified
            ? $" WHEN NOT ({IsNamed(field)}) AND p.{field.Name} AND {Changes(ProfileFields.Get(verified))} THEN {Bit(field)}"
            : string.Empty;

    private string AttributesWithinLimit(ProfileFieldDefinition attributes)
    {
        var count = $"jsonb_array_length(jsonb_path_query_array({NewValue(attributes)}, '$.keyvalue()'))";
        return $"({fields} & {Bit(attributes)} = 0 OR {count} <= {AttributeRules.MaxCount})";
    }
}
