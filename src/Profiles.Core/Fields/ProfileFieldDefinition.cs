using Profiles.Core.Rules;

namespace Profiles.Core.Fields;

/// <summary>What is known of one field: its name, its kind, who may set it, and the rule for its value.</summary>
public sealed class ProfileFieldDefinition
{
    private readonly Func<object, string?> rule;

    internal ProfileFieldDefinition(
        ProfileField field, string name, ProfileFieldKind kind, Func<object, string?> rule, bool serversOnly)
    {
        Field = field;
        Name = name;
        Kind = kind;
        ServersOnly = serversOnly;
        this.rule = rule;
    }

    /// <summary>The field.</summary>
    public ProfileField Field { get; }

    /// <summary>Its name in the contract and in the database, such as <c>given_name</c>.</summary>
    public string Name { get; }

    /// <summary>The kind of its value.</summary>
    public ProfileFieldKind Kind { get; }

    /// <summary>Whether a user may not set it on the own profile.</summary>
    public bool ServersOnly { get; }

    /// <summary>
    /// The field whose value this flag vouches for, or null. When that value changes and the write does not name the flag, the
    /// flag falls: nobody has verified the new value.
    /// </summary>
    public ProfileField? Verifies { get; private init; }

    /// <summary>
    /// Checks a value of the field's kind. Returns null, or the rule that is broken in words that complete the sentence
    /// "given_name …". The parts of object references and the attributes have rules of their own.
    /// </summary>
    /// <exception cref="InvalidCastException"><paramref name="value"/> is of another kind.</exception>
    public string? Check(object value) => rule(value);

    internal static ProfileFieldDefinition Text(
        ProfileField field, string name, Func<string, string?> rule, bool serversOnly = false) =>
        new(field, name, ProfileFieldKind.Text, value => rule((string)value), serversOnly);

    internal static ProfileFieldDefinition Number(ProfileField field, string name, int min, int max, bool serversOnly) =>
        new(field, name, ProfileFieldKind.Number, value => NumberRules.InRange((int)value, min, max), serversOnly);

    internal static ProfileFieldDefinition Flag(ProfileField field, string name) =>
        new(field, name, ProfileFieldKind.Flag, Any<bool>, serversOnly: false);

    internal static ProfileFieldDefinition Verification(ProfileField field, string name, ProfileField verifies) =>
        new(field, name, ProfileFieldKind.Flag, Any<bool>, serversOnly: true) { Verifies = verifies };

    internal static ProfileFieldDefinition Reference(ProfileField field, string name) =>
        new(field, name, ProfileFieldKind.ObjectReference, Any<ObjectReference>, serversOnly: false);

    internal static ProfileFieldDefinition Map(ProfileField field, string name) =>
        new(field, name, ProfileFieldKind.Attributes, Any<IReadOnlyDictionary<string, string>>, serversOnly: false);

    private static string? Any<T>(object value)
    {
        _ = (T)value;
        return null;
    }
}
