using Profiles.Core.Errors;
using Profiles.Core.Fields;
using Profiles.Core.Organizations;
using Profiles.Core.Patches;
using Profiles.Core.Pictures;

namespace Profiles.Server.Dialects;

/// <summary>
/// Builds the patch that an update of a dialect stands for. What breaks a rule, here or in the store, is reported by the names that
/// the dialect's clients know.
/// </summary>
/// <param name="settings">What the organization demands.</param>
/// <param name="byServer">Whether the writer may set fields that are for servers only.</param>
internal sealed class DialectPatch(OrganizationSettings settings, bool byServer)
{
    // As the failures of the use cases have it.
    private const string Path = "profile.";

    private readonly ProfilePatchBuilder builder = new(Path, byServer, settings.Attributes, settings.Usernames);
    private readonly Dictionary<string, string> names = new(StringComparer.Ordinal);

    /// <summary>Whether the writer is a server.</summary>
    public bool ByServer => byServer;

    /// <summary>Gives a field a new value of its kind; null and an empty text clear it.</summary>
    /// <param name="name">What the dialect calls the field.</param>
    /// <param name="field">The field.</param>
    /// <param name="value">The value.</param>
    public void Set(string name, ProfileField field, object? value)
    {
        var path = Path + ProfileFields.Get(field).Name;
        names[path] = name;
        if (value is ObjectReference)
        {
            names[$"{path}.datasource_id"] = $"{name}.datasourceId";
            names[$"{path}.object_definition_id"] = $"{name}.objectDefinitionId";
        }

        builder.Set(field, value);
    }

    /// <summary>Sets the picture to an own one.</summary>
    /// <param name="name">What the dialect calls it.</param>
    /// <param name="picture">The picture, which must be there when the patch is written.</param>
    public void SetPicture(string name, PictureId picture)
    {
        names[Path + ProfileFields.Get(ProfileField.Picture).Name] = name;
        builder.SetPicture(picture);
    }

    /// <summary>Sets one attribute; null removes it.</summary>
    /// <param name="name">What the dialect calls it.</param>
    /// <param name="key">Its key.</param>
    /// <param name="value">The value.</param>
    public void SetAttribute(string name, string key, string? value)
    {
        names[$"{Path}attributes[\"{key}\"]"] = name;
        builder.SetAttribute(key, value);
    }

    /// <summary>Notes a rule of the dialect's own that is broken.</summary>
    public void Violate(string name, string rule) => builder.Violate(name, rule);

    /// <summary>Runs what may fail with our names for fields, and fails with the dialect's.</summary>
    public async Task<T> RunAsync<T>(Func<ProfilePatch, Task<T>> write)
    {
        try
        {
            return await write(builder.Build());
        }
        catch (ProfilesException exception) when (exception.Violations.Count > 0)
        {
            throw exception.WithFields(NameOf);
        }
    }

    private string NameOf(string field) =>
        names.GetValueOrDefault(field) ?? (field.StartsWith(Path, StringComparison.Ordinal) ? field[Path.Length..] : field);
}
