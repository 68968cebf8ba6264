using System.Security.Cryptography;
using Profiles.Core.Credentials.Applications;

namespace Profiles.Server.Hosting;

/// <summary>The embedded mode's own master key, in the data folder.</summary>
internal static class MasterKeyFile
{
    private const string Name = "master-keys";

    /// <summary>Where the key lies; it is made when there is none.</summary>
    /// <exception cref="SettingException">It cannot be made.</exception>
    public static string FindOrCreate(string dataFolder)
    {
        var path = Path.Combine(dataFolder, Name);
        if (!File.Exists(path))
            PrivateFile.Write(path, $"embedded:{Convert.ToBase64String(RandomNumberGenerator.GetBytes(MasterKeys.KeyLength))}\n", replace: false);
        return path;
    }
}
