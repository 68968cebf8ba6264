using System.Buffers;
using System.Security.Cryptography;

namespace Profiles.Core.Credentials;

/// <summary>Random texts, and the rule for texts of other systems.</summary>
internal static class CredentialText
{
    /// <summary>What every HTTP client and shell passes on unchanged.</summary>
    public const string Base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private static readonly SearchValues<char> Base62Characters = SearchValues.Create(Base62);

    /// <summary>A random text: <paramref name="length"/> characters of <paramref name="alphabet"/>, all equally likely.</summary>
    public static string Random(string alphabet, int length) => RandomNumberGenerator.GetString(alphabet, length);

    /// <summary>Whether all characters are of <see cref="Base62"/>.</summary>
    public static bool IsBase62(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(Base62Characters);

    /// <summary>Whether all characters are visible ASCII.</summary>
    public static bool IsVisible(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('!', '~');
}
