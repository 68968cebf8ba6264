using Profiles.Transcoding.Json.WellKnown;

namespace Profiles.Transcoding.Json;

/// <summary>
/// Notes which fields a JSON object gives, as paths of a field mask in proto names: the leaves of nested messages, one path
/// for each map key (none for an empty map), the path itself for an empty message, a list, a null or a well-known type.
/// </summary>
/// <param name="resource">The field of the object that the paths are relative to, others leaving none; null for the object itself.</param>
/// <param name="notes">False: no path is noted, only whether the resource was there.</param>
internal sealed class MaskRecorder(string? resource = null, bool notes = true)
{
    // As many as a mask may have that is sent as text: below a deep message each key of a map is a long path.
    public const int MaxPaths = FieldMaskText.MaxPaths;

    private readonly string? _within = resource is null ? null : resource + ".";
    private string _prefix = "";

    public List<string> Paths { get; } = [];

    /// <summary>A map value that is null means here that its key goes; otherwise it is an error as everywhere.</summary>
    public bool ClearsKeys => notes && IsWithin(_prefix + ".");

    /// <summary>Whether what the paths are relative to was there: an object, even an empty one.</summary>
    public bool HasResource { get; private set; } = resource is null;

    /// <summary>Whether there were more than <see cref="MaxPaths"/>, which are not there then.</summary>
    public bool IsOverflowing { get; private set; }

    public void Add(string name) => Note(Join(name));

    public void AddKey(string key) => Note(Join(FieldMaskText.Key(key)));

    /// <summary>The object that was entered is empty.</summary>
    public void AddSelf()
    {
        if (_prefix.Length > 0) Note(_prefix);
    }

    /// <summary>Enters the object in the field; what is returned leads out of it.</summary>
    public string Enter(string name)
    {
        var outer = _prefix;
        _prefix = Join(name);
        HasResource = HasResource || IsWithin(_prefix + ".");
        return outer;
    }

    public void Leave(string outer) => _prefix = outer;

    private void Note(string path)
    {
        if (!IsWithin(path)) return;
        HasResource = true;
        if (Paths.Count == MaxPaths) IsOverflowing = true;
        else if (notes) Paths.Add(_within is null ? path : path[_within.Length..]);
    }

    private bool IsWithin(string path) => _within is null || path.StartsWith(_within, StringComparison.Ordinal);

    private string Join(string name) => _prefix.Length == 0 ? name : _prefix + "." + name;
}
