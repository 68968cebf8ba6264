namespace Profiles.Server.Tokens.Settings;

/// <summary>A section of the configuration, read so that no wrong setting goes unnoticed. An empty value is none.</summary>
/// <param name="section">The section.</param>
internal sealed class SettingSection(IConfigurationSection section)
{
    /// <summary>Whether a setting, or one below it, has a value.</summary>
    public bool Has(string name) => section.GetSection(name).AsEnumerable().Any(setting => setting.Value is { Length: > 0 });

    /// <summary>Whether a setting is there, be it empty.</summary>
    public bool IsNamed(string name) => section.GetSection(name).Exists();

    /// <summary>Throws when there is another setting than these.</summary>
    /// <exception cref="TokenSetupException">There is.</exception>
    public void Allow(params IReadOnlyCollection<string> names)
    {
        foreach (var setting in section.GetChildren())
        {
            if (!names.Contains(setting.Key, StringComparer.OrdinalIgnoreCase))
                throw new TokenSetupException($"There is no setting {setting.Path}; {section.Path} has {string.Join(", ", names)}.");
        }
    }

    /// <summary>A setting of one value; null when it is not set.</summary>
    /// <exception cref="TokenSetupException">There are settings below it.</exception>
    public string? Text(string name)
    {
        var setting = section.GetSection(name);
        if (setting.GetChildren().Any())
            throw Wrong(name, "must have one value, and no settings below it");
        return setting.Value is { Length: > 0 } value ? value : null;
    }

    /// <summary>A setting that has to be there.</summary>
    /// <exception cref="TokenSetupException">It is not.</exception>
    public string Required(string name) => Text(name) ?? throw Wrong(name, "is not set");

    /// <summary>A setting that is <c>on</c> or <c>off</c>; off unless set.</summary>
    /// <exception cref="TokenSetupException">It is something else.</exception>
    public bool Switch(string name) =>
        Text(name) switch
        {
            "on" => true,
            "off" or null => false,
            _ => throw Wrong(name, "must be 'on' or 'off'"),
        };

    /// <summary>The section below this one.</summary>
    /// <exception cref="TokenSetupException">It has a value of its own.</exception>
    public SettingSection Section(string name) =>
        section.GetSection(name) is var below && string.IsNullOrEmpty(below.Value)
            ? new SettingSection(below)
            : throw Wrong(name, "must have settings below it, and no value");

    /// <summary>All sections below this one.</summary>
    public IEnumerable<SettingSection> Sections() => section.GetChildren().Select(below => new SettingSection(below));

    /// <summary>
    /// The settings of this section when the operator chooses their names. A colon, which divides sections elsewhere, is a part of
    /// the name here.
    /// </summary>
    public IEnumerable<KeyValuePair<string, string>> Entries() =>
        from entry in section.AsEnumerable(makePathsRelative: true)
        where entry.Key.Length > 0 && entry.Value is not null
        select KeyValuePair.Create(entry.Key, entry.Value);

    /// <summary>The failure of a wrong setting.</summary>
    /// <param name="name">The setting.</param>
    /// <param name="problem">What is wrong, in words that go on from the setting's name.</param>
    /// <param name="failure">What caused it.</param>
    public TokenSetupException Wrong(string name, string problem, Exception? failure = null)
    {
        var path = $"{section.Path}:{name}";
        return new($"The setting {path} (environment: {path.Replace(":", "__", StringComparison.Ordinal)}) {problem}.", failure);
    }
}
