using System.Security.Cryptography;
using System.Text;

namespace Profiles.Server.Hosting;

/// <summary>Small files with secrets in the embedded mode's data folder, readable by the server's user alone.</summary>
internal static class PrivateFile
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>
    /// Makes a file with this content, whole or not at all; where there is one already, that stays, unless it is to be replaced.
    /// </summary>
    /// <exception cref="SettingException">It cannot be made.</exception>
    public static void Write(string path, string content, bool replace)
    {
        var draft = $"{path}.{RandomNumberGenerator.GetHexString(16)}";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            Create(draft, content);
            File.Move(draft, path, replace);
        }
        catch (IOException) when (!replace && File.Exists(path))
        {
            File.Delete(draft);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SettingException($"PROFILES_DATA must be a folder that can be written to: {exception.Message}");
        }
    }

    private static void Create(string path, string content)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = Private;
        using var file = new FileStream(path, options);
        file.Write(Encoding.UTF8.GetBytes(content));
        file.Flush(flushToDisk: true);
    }
}
