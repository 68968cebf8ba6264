using System.Globalization;
using Profiles.Core.Fields;
using Profiles.Core.Rules;

namespace Profiles.Postgres.Profiles;

/// <summary>Expressions about a write of some fields and the stored row <c>p</c> that it meets.</summary>
internal sealed class FieldExpressions
{
    private readonly string named;
    private readonly Func<ProfileFieldDefinition, string, string> value;
    private readonly string storedAttributes;

    /// <param name="fields">All fields that it may name, and the flags that vouch for them.</param>
    /// <param name="named">The expression of the bit set of the fields that the write names.</param>
    /// <param name="value">The expression of a field's new value, given that of the attributes that stay.</param>
    /// <param name="replacesAttributes">The expression that tells whether the attributes before go.</param>
    public FieldExpressions(
        IReadOnlyList<ProfileFieldDefinition> fields,
        string named,
        Func<ProfileFieldDefinition, string, string> value,
        string replacesAttributes)
    {
        this.named = named;
        this.value = value;
        storedAttributes = $"CASE WHEN {replacesAttributes} THEN '{{}}'::jsonb ELSE p.attributes END";
        Assignments = Join(fields, ",\n    ", field => $"{field.Name} = CASE WHEN {IsNamed(field)} THEN {NewValue(field)}{Fall(field)} ELSE p.{field.Name} END");
        AnyChange = Join(fields, "\n        OR ", field => $"({Changes(field)})");
        ChangedFields = Join(fields, "\n        | ", field => $"CASE WHEN {Changes(field)} THEN {Bit(field)}{FallChanges(field)} ELSE 0 END");
        AttributesFit = Join(fields.Where(field => field.Kind == ProfileFieldKind.Attributes), string.Empty, AttributesWithinLimit);
    }

    /// <summary>Assignments that give each named field its new value and leave the others.</summary>
    public string Assignments { get; }

    /// <summary>Whether any field would change.</summary>
    public string AnyChange { get; }

    /// <summary>The bit set of the fields that would change.</summary>
    public string ChangedFields { get; }

    /// <summary>A further condition that the attributes would stay within their limit; empty without them.</summary>
    public string AttributesFit { get; }

    /// <summary>An expression for each field, one after the other.</summary>
    public static string Join(
        IEnumerable<ProfileFieldDefinition> fields, string separator, Func<ProfileFieldDefinition, string> column) =>
        string.Join(separator, fields.Select(column));

    private static string Bit(ProfileFieldDefinition field) =>
        ProfileFieldSet.Bit(field.Field).ToString(CultureInfo.InvariantCulture) + "::bigint";

    private string IsNamed(ProfileFieldDefinition field) => $"{named} & {Bit(field)} <> 0";

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
        return $"AND ({named} & {Bit(attributes)} = 0 OR {count} <= {AttributeRules.MaxCount})";
    }
}
