using System.Text;
using Profiles.Core.Credentials.Applications;
using Profiles.Server.Tokens;

namespace Profiles.Server.Hosting;

/// <summary>Gets the master keys that encrypt the secrets of applications.</summary>
internal static class MasterKeySetup
{
    /// <summary>The setting that holds the keys.</summary>
    public const string KeysName = "PROFILES_MASTER_KEYS";

    /// <summary>The setting that names a file with the keys.</summary>
    public const string FileName = "PROFILES_MASTER_KEYS_FILE";

    private const int MaxBytes = 16 * 1024;

    private const UnixFileMode Forbidden =
        UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>
    /// The keys that the settings name; otherwise those of the embedded mode's own file, or none with an external database.
    /// </summary>
    /// <exception cref="SettingException">A setting is wrong, or a file cannot be used.</exception>
    public static MasterKeys Read(IConfiguration configuration, ServerSettings settings)
    {
        var (keys, file) = (configuration[KeysName], configuration[FileName]);
        if (!string.IsNullOrWhiteSpace(keys) && !string.IsNullOrWhiteSpace(file))
            throw new SettingException($"{KeysName} and {FileName} cannot be set both.");
        if (!string.IsNullOrWhiteSpace(keys))
            return Parse(KeysName, keys);
        if (!string.IsNullOrWhiteSpace(file))
            return ReadFile(FileName, file);
        return settings.IsEmbedded
            ? ReadFile("PROFILES_DATA", MasterKeyFile.FindOrCreate(settings.DataFolder))
            : new MasterKeys([]);
    }

    private static MasterKeys ReadFile(string name, string path)
    {
        var source = $"{name}: the file '{path}'";
        try
        {
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Forbidden) != UnixFileMode.None)
                throw new SettingException($"{source} must be closed to others: chmod 600, or 640 for a group that may read it.");
            return Parse(source, Encoding.UTF8.GetString(SmallFile.Read(path, MaxBytes)));
        }
        catch (FormatException exception)
        {
            throw new SettingException($"{source} {exception.Message}.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SettingException($"{source} cannot be read: {exception.Message}");
        }
    }

    private static MasterKeys Parse(string source, string text)
    {
        try
        {
            return MasterKeyReader.Read(text);
        }
        catch (FormatException exception)
        {
            throw new SettingException($"{source} {exception.Message}.");
        }
    }
}
