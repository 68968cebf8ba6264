namespace Profiles.EndToEnd.Tests.Harness;

/// <summary>A data folder for one server, gone when it is disposed of, and the settings that name it.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("profiles-e2e-");

    public DataFolder()
    {
        // The user that PostgreSQL runs as must get through.
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path, (UnixFileMode)Convert.ToInt32("755", 8));
    }

    public string Path => folder.FullName;

    /// <summary>The development issuer's key.</summary>
    public string IssuerKey => System.IO.Path.Combine(Path, "development-issuer", "key.pem");

    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["PROFILES_DATA"] = Path,
        ["PROFILES_HTTP_PORT"] = "0",
        ["PROFILES_GRPC_PORT"] = "0",
    };

    /// <summary>The settings with more of them, or others.</summary>
    public IReadOnlyDictionary<string, string> With(params (string Name, string Value)[] more)
    {
        var settings = new Dictionary<string, string>(Settings, StringComparer.Ordinal);
        foreach (var (name, value) in more)
            settings[name] = value;
        return settings;
    }

    public void Dispose() => folder.Delete(recursive: true);
}
