using Profiles.Core.Errors;
using Profiles.Core.Fields;
using Profiles.Core.Organizations;
using Profiles.Core.Pictures;
using Profiles.Core.Rules;
using Profiles.Core.Usernames;

namespace Profiles.Core.Patches;

/// <summary>
/// Builds a <see cref="ProfilePatch"/> and collects every rule that its input breaks, so that a caller learns of all of
/// them at once.
/// </summary>
/// <param name="path">
/// What stands before a field's name in a violation: <c>profile.</c> when the request has the values there.
/// </param>
/// <param name="byServer">Whether the writer may set fields that are for servers only.</param>
/// <param name="organization">What the organization demands of attributes; null for nothing.</param>
/// <param name="usernames">What it demands of usernames; null for the defaults.</param>
public sealed class ProfilePatchBuilder(string path, bool byServer, AttributeSettings? organization = null, UsernameSettings? usernames = null)
{
    /// <summary>The most violations that are collected: an answer has limits too.</summary>
    public const int MaxViolations = 50;

    private readonly object?[] values = new object?[ProfileFields.All.Count];
    private readonly List<FieldViolation> violations = [];
    private readonly List<FieldViolation> forbidden = [];
    private SortedDictionary<string, string?>? attributes;
    private UsernameClaim? username;
    private bool replacesAttributes;
    private ProfileFieldSet fields;

    /// <summary>A patch that gives a username and nothing else.</summary>
    public static ProfilePatch ForUsername(UsernameClaim claim)
    {
        var given = new object?[ProfileFields.All.Count];
        given[(int)ProfileField.PreferredUsername] = claim.Display;
        return new ProfilePatch(default(ProfileFieldSet).With(ProfileField.PreferredUsername), given, attributes: null, claim);
    }

    /// <summary>A patch that gives a picture and nothing else.</summary>
    public static ProfilePatch ForPicture(PictureId picture) => ForPicture(picture.Stored);

    /// <summary>A patch that takes the picture away.</summary>
    public static ProfilePatch WithoutPicture() => ForPicture(stored: null);

    /// <summary>
    /// Gives a field other than the attributes a new value of its kind. Null, an empty text and a false flag clear it; an
    /// empty username is refused.
    /// </summary>
    /// <exception cref="InvalidCastException"><paramref name="value"/> is of another kind.</exception>
    public void Set(ProfileField field, object? value)
    {
        if (field == ProfileField.PreferredUsername)
            SetUsername((string?)value);
        else if (value is ObjectReference reference)
            Set(field, reference.DatasourceId, reference.ObjectDefinitionId);
        else
            SetChecked(field, value is "" or false ? null : value);
    }

    /// <summary>Sets a field to an object of a data source; both parts are required.</summary>
    public void Set(ProfileField field, string datasourceId, string objectDefinitionId)
    {
        var name = path + ProfileFields.Get(field).Name;
        CheckPart($"{name}.datasource_id", datasourceId);
        CheckPart($"{name}.object_definition_id", objectDefinitionId);
        SetChecked(field, new ObjectReference(datasourceId, objectDefinitionId));
    }

    /// <summary>Whether the patch gives a field a value, or clears it, so far.</summary>
    public bool Names(ProfileField field) => fields.Contains(field);

    /// <summary>Sets the picture to an own one, which must be there when the patch is written.</summary>
    public void SetPicture(PictureId picture)
    {
        values[(int)ProfileField.Picture] = picture.Stored;
        fields = fields.With(ProfileField.Picture);
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
        NameAttributes().Clear();
    }

    /// <summary>Sets one attribute; null removes it.</summary>
    public void SetAttribute(string key, string? value)
    {
        var attributePath = $"{path}attributes[\"{key}\"]";
        if (AttributeRules.Key(key) is { } brokenKey)
            Violate($"{path}attributes", brokenKey);
        else if (value is not null && AttributeRules.Value(value) is { } brokenValue)
            Violate(attributePath, brokenValue);
        else if (value is not null && organization?.Check(key, value) is { } brokenRule)
            Violate(attributePath, brokenRule);
        Store(key, value);
    }

    /// <summary>
    /// Notes a broken rule that the caller of this builder found; beyond <see cref="MaxViolations"/> it is not kept.
    /// </summary>
    public void Violate(string field, string description)
    {
        if (violations.Count < MaxViolations)
            violations.Add(new FieldViolation(field, description));
    }

    /// <summary>The patch. It takes over what the builder holds: call this once, last.</summary>
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
        {
            if (username?.Violation is { } violation)
                Violate(UsernamePath, violation.Description);
            throw ProfilesException.Invalid(violations);
        }

        return new ProfilePatch(
            fields, values, attributes is null ? null : new AttributesPatch(replacesAttributes, attributes), username);
    }

    private static ProfilePatch ForPicture(string? stored)
    {
        var given = new object?[ProfileFields.All.Count];
        given[(int)ProfileField.Picture] = stored;
        return new ProfilePatch(default(ProfileFieldSet).With(ProfileField.Picture), given, attributes: null);
    }

    private string UsernamePath => path + ProfileFields.Get(ProfileField.PreferredUsername).Name;

    // One that breaks a rule may be the one that the user has: only the store can tell.
    private void SetUsername(string? text)
    {
        var claim = text is null ? null : UsernameClaim.Of(text, usernames ?? UsernameSettings.Default);
        if (claim is { CanBeHeld: false, Violation: { } violation })
        {
            Violate(UsernamePath, violation.Description);
            return;
        }

        username = claim;
        SetChecked(ProfileField.PreferredUsername, text);
    }

    private void SetChecked(ProfileField field, object? value)
    {
        var definition = ProfileFields.Get(field);
        if (definition.Kind == ProfileFieldKind.Attributes)
            throw new ArgumentException("The attributes are set one by one.", nameof(field));
        if (!MayName(definition))
            return;
        if (value is not null && definition.Check(value) is { } broken)
            Violate(path + definition.Name, broken);
        values[(int)field] = value;
        fields = fields.With(field);
    }

    // Where all are replaced, one that is not there needs no removal: equal patches stay equal.
    private void Store(string key, string? value)
    {
        var entries = NameAttributes();
        if (value is null && replacesAttributes)
            entries.Remove(key);
        else
            entries[key] = value;
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
