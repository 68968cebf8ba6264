using System.Buffers;
using System.Buffers.Text;
using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Profiles.Core.Identity;

namespace Profiles.Server.Tokens;

/// <summary>
/// Issues tokens for trying things out, in embedded mode only. Its key is made once and lies in the data folder, readable by
/// nobody else: whoever can read it can call as anybody.
/// </summary>
internal sealed class DevelopmentIssuer : IDisposable
{
    /// <summary>What its tokens have as <c>iss</c>.</summary>
    public const string Name = "profiles-development";

    /// <summary>What its tokens have as <c>aud</c>.</summary>
    public const string Audience = "profiles";

    private const string KeyFile = "development-issuer.pem";

    private readonly ECDsa key;
    private readonly string keyId;

    private DevelopmentIssuer(ECDsa key)
    {
        this.key = key;
        keyId = Thumbprint(key.ExportParameters(includePrivateParameters: false));
    }

    /// <summary>Where its key lies.</summary>
    public static string KeyFileIn(string dataFolder) => Path.Combine(dataFolder, KeyFile);

    /// <summary>The issuer of a data folder, made when there is none.</summary>
    /// <exception cref="ArgumentException">The file of the key holds none.</exception>
    /// <exception cref="CryptographicException">The file of the key holds one of another kind.</exception>
    public static DevelopmentIssuer Open(string dataFolder)
    {
        Directory.CreateDirectory(dataFolder);
        var file = KeyFileIn(dataFolder);
        if (!File.Exists(file))
            Create(file);

        var stored = ECDsa.Create();
        stored.ImportFromPem(File.ReadAllText(file));
        return new DevelopmentIssuer(stored);
    }

    /// <summary>What a validator needs to accept its tokens.</summary>
    public TrustedIssuer AsTrusted()
    {
        var publicKey = new EcVerificationKey(key.ExportParameters(includePrivateParameters: false));
        var keys = new Dictionary<string, VerificationKey>(StringComparer.Ordinal) { [keyId] = publicKey };
        return new TrustedIssuer(Name, Audience, keys.ToFrozenDictionary(StringComparer.Ordinal));
    }

    /// <summary>A token.</summary>
    public string Issue(
        OrganizationId organization, string subject, IEnumerable<string> permissions, TimeSpan lifetime, DateTimeOffset now)
    {
        var header = WriteJson(json =>
        {
            json.WriteString("alg", "ES256");
            json.WriteString("typ", "JWT");
            json.WriteString("kid", keyId);
        });
        var payload = WriteJson(json =>
        {
            json.WriteString("iss", Name);
            json.WriteString("aud", Audience);
            json.WriteString("sub", subject);
            json.WriteString("org", organization.Value);
            json.WriteStartArray("permissions");
            foreach (var permission in permissions)
                json.WriteStringValue(permission);
            json.WriteEndArray();
            json.WriteNumber("iat", now.ToUnixTimeSeconds());
            json.WriteNumber("exp", now.Add(lifetime).ToUnixTimeSeconds());
        });

        var signed = $"{header}.{payload}";
        var signature = key.SignData(
            Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    /// <inheritdoc/>
    public void Dispose() => key.Dispose();

    private static void Create(string file)
    {
        using var made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var draft = $"{file}.{Environment.ProcessId}";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var stream = new StreamWriter(draft, options))
            stream.Write(made.ExportPkcs8PrivateKeyPem());

        try
        {
            // Two that start at once agree on the first one's key.
            File.Move(draft, file, overwrite: false);
        }
        catch (IOException) when (File.Exists(file))
        {
            File.Delete(draft);
        }
    }

    // The key's id is its thumbprint (RFC 7638): the hash of its required members in their lexical order.
    private static string Thumbprint(ECParameters publicKey)
    {
        var x = Base64Url.EncodeToString(publicKey.Q.X);
        var y = Base64Url.EncodeToString(publicKey.Q.Y);
        var members = $$"""{"crv":"P-256","kty":"EC","x":"{{x}}","y":"{{y}}"}""";
        return Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(members)));
    }

    private static string WriteJson(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return Base64Url.EncodeToString(buffer.WrittenSpan);
    }
}
