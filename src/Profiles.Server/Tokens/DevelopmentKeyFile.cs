using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;

namespace Profiles.Server.Tokens;

/// <summary>
/// The development issuer's key in the data folder: PKCS#8 in PEM, readable by the server's user alone. It lies in a folder of
/// its own, because a folder can be made beside its place and then put there by a rename, which fails when another process was
/// first: so there is one key, and never half of one.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal static class DevelopmentKeyFile
{
    private const string FolderName = "development-issuer";
    private const string FileName = "key.pem";
    private const int MaxBytes = 16 * 1024;
    private const string Advice = "Run as the user that the data folder belongs to, or choose another one with PROFILES_DATA";
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Where the key lies.</summary>
    public static string PathIn(string dataFolder) => Path.Combine(dataFolder, FolderName, FileName);

    /// <summary>Reads the key, which is made when there is none; the data folder has to exist.</summary>
    /// <exception cref="TokenSetupException">It can be neither read nor made.</exception>
    public static ECDsa ReadOrCreate(string dataFolder)
    {
        try
        {
            if (!File.Exists(PathIn(dataFolder)))
                Create(dataFolder);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Unusable(PathIn(dataFolder), $"cannot be made: {failure.Message} {Advice}", failure);
        }
        return Read(dataFolder);
    }

    /// <summary>Reads the key.</summary>
    /// <exception cref="TokenSetupException">There is none, or others can read it, or it is no such key.</exception>
    public static ECDsa Read(string dataFolder)
    {
        var path = PathIn(dataFolder);
        try
        {
            if ((File.GetUnixFileMode(path) & ~Private) != UnixFileMode.None)
                throw Unusable(path, "can be read by others than its owner; delete it, and the next start makes a new one");
            return Parse(Encoding.ASCII.GetString(SmallFile.Read(path, MaxBytes)));
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Unusable(path, "does not exist; the server's first start with the embedded database makes it", failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Unusable(path, $"cannot be read: {failure.Message} {Advice}", failure);
        }
        catch (Exception failure) when (failure is ArgumentException or FormatException or CryptographicException)
        {
            throw Unusable(path, "holds no private key on P-256 in PEM; delete it, and the next start makes a new one", failure);
        }
    }

    private static void Create(string dataFolder)
    {
        var target = Path.GetDirectoryName(PathIn(dataFolder))!;
        var draft = Directory.CreateDirectory(
            $"{target}.{RandomNumberGenerator.GetHexString(16)}", Private | UnixFileMode.UserExecute);
        try
        {
            Write(Path.Combine(draft.FullName, FileName));
            Directory.Move(draft.FullName, target);
        }
        catch (IOException) when (File.Exists(PathIn(dataFolder)))
        {
            draft.Delete(recursive: true);
        }
    }

    private static void Write(string path)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = Private,
        });
        file.Write(Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem() + "\n"));
        file.Flush(flushToDisk: true);
    }

    private static ECDsa Parse(string pem)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            var parameters = key.ExportParameters(includePrivateParameters: true);
            CryptographicOperations.ZeroMemory(parameters.D);
            if (parameters.Curve.Oid.Value != ECCurve.NamedCurves.nistP256.Oid.Value)
                throw new FormatException("Another curve.");
            return key;
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    private static TokenSetupException Unusable(string path, string problem, Exception? failure = null) =>
        new($"The development issuer's key '{path}' {problem}.", failure);
}
