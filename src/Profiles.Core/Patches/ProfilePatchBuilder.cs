using Profiles.Core.Errors;
using Profiles.Core.Fields;
using Profiles.Core.Rules;

namespace Profiles.Core.Patches;

/// <summary>
/// Builds a <see cref="ProfilePatch"/> and collects every rule that its input breaks, so that a caller learns of all of
/// them at once.
/// </summary>
/// <param name="path">
/// What stands before a field's name in a violation: <c>profile.</c> when the request has the values there.
/// </param>
/// <param name="byServer">Whether the writer may set fields that are for servers only.</param>
public sealed class ProfilePatchBuilder(string path, bool byServer)
{
    private readonly object?[] values = new object?[ProfileFields.All.Count];
    private readonly List<FieldViolation> violations = [];
    private readonly List<FieldViolation> forbidden = [];
    private SortedDictionary<string, string?>? attributes;
    private bool replacesAttributes;
    private ProfileFieldSet fields;

    /// <summary>
    /// Gives a field other than the attributes a new value of its kind. Null, an empty text and a false flag clear it.
    /// </summary>
    public void Set(ProfileField field, object? value)
    {
        var definition = ProfileFields.Get(field);
        var normalized = value is "" or false ? null : value;
        if (!MayName(definition))
            return;
        if (normalized is not null && definition.Check(normalized) is { } broken)
            Violate(path + definition.Name, broken);
        values[(int)field] = normalized;
        fields = fields.With(field);
    }

    /// <summary>Sets a field to an object of a data source; both parts are required.</summary>
    public void Set(ProfileField field, string datasourceId, string objectDefinitionId)
    {
        var name = path + ProfileFields.Get(field).Name;
        CheckPart($"{name}.datasource_id", datasourceId);
        CheckPart($"{name}.object_definition_id", objectDefinitionId);
        Set(field, new ObjectReference(datasourceId, objectDefinitionId));
    }

    /// <summary>Clears a field; the attributes included.</summary>
    public void Clear(ProfileField field)
    {
        if (field == ProfileField.Attributes)
            ReplaceAttributes();
        else
            Set(field, value: null);
    }

    /// <summary>Makes the attributes that are set from here on the only ones.</summary>
    public void ReplaceAttributes()
    {
        replacesAttributes = true;
        NameAttributes();
    }

    /// <summary>Sets one attribute; null removes it.</summary>
    public void SetAttribute(string key, string? value)
    {
        var attributePath = $"{path}attributes[\"{key}\"]";
        if (AttributeRules.Key(key) is { } brokenKey)
            Violate($"{path}attributes", brokenKey);
        else if (value is not null && AttributeRules.Value(value) is { } brokenValue)
            Violate(attributePath, brokenValue);
        NameAttributes()[key] = value;
    }

    /// <summary>Notes a broken rule that the caller of this builder found.</summary>
    public void Violate(string field, string description) => violations.Add(new FieldViolation(field, description));

    /// <summary>The patch.</summary>
    /// <exception cref="ProfilesException">
    /// A field is for servers only (<see cref="ErrorReason.FieldForServersOnly"/>), or rules are broken
    /// (<see cref="ErrorReason.InvalidRequest"/>).
    /// </exception>
    public ProfilePatch Build()
    {
        if (attributes is not null && attributes.Values.Count(value => value is not null) > AttributeRules.MaxCount)
            Violate($"{path}attributes", $"must have at most {AttributeRules.MaxCount} entries");
        if (forbidden.Count > 0)
            throw new ProfilesException(ErrorReason.FieldForServersOnly, "Only servers may set these fields.", forbidden);
        if (violations.Count > 0)
            throw ProfilesException.Invalid(violations);

        return new ProfilePatch(
            fields, values, attributes is null ? null : new AttributesPatch(replacesAttributes, attributes));
    }

    private bool MayName(ProfileFieldDefinition definition)
    {
        if (byServer || !definition.ServersOnly)
            return true;
        forbidden.Add(new FieldViolation(path + definition.Name, "can be set by servers only"));
        return false;
    }

    private void CheckPart(string partPath, string part)
    {
        if (part.Length == 0)
            Violate(partPath, "is required");
        else if (TextRules.Plain(part, ObjectReference.MaxPartLength) is { } broken)
            Violate(partPath, broken);
    }

    private SortedDictionary<string, string?> NameAttributes()
    {
        fields = fields.With(ProfileField.Attributes);
        return attributes ??= new SortedDictionary<string, string?>(StringComparer.Ordinal);
    }
}
