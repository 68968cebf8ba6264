using Profiles.Core.Fields;
using Profiles.Core.Pictures;
using Profiles.Core.Records;
using Profiles.Core.Usernames;

namespace Profiles.Core.Patches;

/// <summary>
/// What a write does to a profile: each field that it names gets a new value or is cleared, every other one is left alone.
/// All values obey the rules. Made by <see cref="ProfilePatchBuilder"/>.
/// </summary>
public sealed class ProfilePatch
{
    internal ProfilePatch(
        ProfileFieldSet fields, object?[] values, AttributesPatch? attributes, UsernameClaim? username = null)
    {
        Fields = fields;
        Values = values;
        Attributes = attributes;
        Username = username;
    }

    /// <summary>The fields that it names.</summary>
    public ProfileFieldSet Fields { get; }

    /// <summary>What it does to the attributes; null when it does not name them.</summary>
    public AttributesPatch? Attributes { get; }

    /// <summary>The username that it asks for; null when it names none, or clears it.</summary>
    public UsernameClaim? Username { get; }

    /// <summary>The own picture that it sets; null when it sets none.</summary>
    public PictureId? Picture => PictureId.TryParseStored((string?)Values[(int)ProfileField.Picture], out var id) ? id : null;

    private object?[] Values { get; }

    /// <summary>The new value of a field other than the attributes; null clears it.</summary>
    public object? this[ProfileField field] => Values[(int)field];

    /// <summary>Whether a profile with <paramref name="current"/> would stay as it is.</summary>
    public bool ChangesNothing(ProfileValues current)
    {
        foreach (var field in Fields.Enumerate())
        {
            if (field != ProfileField.Attributes && !Equals(Values[(int)field], current[field]))
                return false;
        }

        return Attributes is null || Attributes.ChangesNothing(current.Attributes);
    }
}
