using System.Collections.ObjectModel;
using Profiles.Core.Fields;

namespace Profiles.Core.Records;

/// <summary>Values of a profile's fields. A field without a value is null; false flags and empty maps count as no value.</summary>
public sealed class ProfileValues
{
    /// <summary>No attributes.</summary>
    public static readonly IReadOnlyDictionary<string, string> NoAttributes = ReadOnlyDictionary<string, string>.Empty;

    private readonly object?[] values;

    /// <summary>No values but those that the initializer gives.</summary>
    public ProfileValues() => values = new object?[ProfileFields.All.Count];

    /// <summary>The values by the fields' numbers; the array is not used for anything else from here on.</summary>
    public ProfileValues(object?[] values) => this.values = values;

    /// <summary>The value of a field, of the type that its kind names, or null: also for false and an empty map.</summary>
    public object? this[ProfileField field]
    {
        get => values[(int)field] is { } value and not (false or IReadOnlyDictionary<string, string> { Count: 0 }) ? value : null;
        init => values[(int)field] = value;
    }

    /// <summary>The attributes; empty when there are none.</summary>
    public IReadOnlyDictionary<string, string> Attributes =>
        (IReadOnlyDictionary<string, string>?)values[(int)ProfileField.Attributes] ?? NoAttributes;

    /// <summary>A text field's value, or null.</summary>
    public string? GetText(ProfileField field) => (string?)values[(int)field];

    /// <summary>A number field's value, or null.</summary>
    public int? GetNumber(ProfileField field) => (int?)values[(int)field];

    /// <summary>A flag's value.</summary>
    public bool GetFlag(ProfileField field) => values[(int)field] is true;

    /// <summary>An object reference's value, or null.</summary>
    public ObjectReference? GetReference(ProfileField field) => (ObjectReference?)values[(int)field];
}
