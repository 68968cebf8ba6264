using Profiles.Transcoding.Json.WellKnown;

namespace Profiles.Transcoding.Json;

/// <summary>
/// Notes which fields a JSON object gives, as paths of a field mask in proto names: the leaves of nested messages, one path
/// for each map key (none for an empty map), the path itself for an empty message, a list, a null or a well-known type.
/// </summary>
internal sealed class MaskRecorder
{
    private string _prefix = "";

    public List<string> Paths { get; } = [];

    public void Add(string name) => Paths.Add(Join(name));

    public void AddKey(string key) => Paths.Add(Join(FieldMaskText.Key(key)));

    /// <summary>The object that was entered is empty.</summary>
    public void AddSelf()
    {
        if (_prefix.Length > 0) Paths.Add(_prefix);
    }

    /// <summary>Enters the object in the field; what is returned leads out of it.</summary>
    public string Enter(string name)
    {
        var outer = _prefix;
        _prefix = Join(name);
        return outer;
    }

    public void Leave(string outer) => _prefix = outer;

    private string Join(string name) => _prefix.Length == 0 ? name : _prefix + "." + name;
}
