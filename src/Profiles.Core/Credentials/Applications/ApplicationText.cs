using System.Diagnostics.CodeAnalysis;

namespace Profiles.Core.Credentials.Applications;

/// <summary>
/// The app key and the secrets of an application, in the alphabets of the systems whose clients sign in this way. Those take
/// texts of any length; secrets are longer here (131 bits) than is usual there, so that nobody finds one by trying them on a
/// signature that was overheard.
/// </summary>
public static class ApplicationText
{
    /// <summary>The most characters of an app key.</summary>
    public const int MaxKeyLength = 64;

    /// <summary>The most characters of a secret.</summary>
    public const int MaxSecretLength = 128;

    /// <summary>The rule for an app key, as a caller reads it in an error.</summary>
    internal const string KeyRule = "must have 8–64 visible ASCII characters";

    /// <summary>The rule for a secret.</summary>
    internal const string SecretRule = "must have 8–128 visible ASCII characters";

    private const int MinLength = 8;
    private const int KeyLength = 13;
    private const int SecretLength = 22;
    private const string KeyAlphabet = "0123456789abcdefghijklmnopqrstuvwxyz";

    /// <summary>A new app key.</summary>
    internal static string CreateKey() => CredentialText.Random(KeyAlphabet, KeyLength);

    /// <summary>A new secret.</summary>
    internal static string CreateSecret() => CredentialText.Random(CredentialText.Base62, SecretLength);

    /// <summary>Whether a text can be an app key.</summary>
    public static bool IsKey([NotNullWhen(true)] string? text) =>
        text is { Length: >= MinLength and <= MaxKeyLength } && CredentialText.IsVisible(text);

    /// <summary>Whether a text can be a secret.</summary>
    internal static bool IsSecret(string text) =>
        text.Length is >= MinLength and <= MaxSecretLength && CredentialText.IsVisible(text);
}
