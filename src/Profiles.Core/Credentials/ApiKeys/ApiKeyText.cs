using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace Profiles.Core.Credentials.ApiKeys;

/// <summary>
/// The secret text of an API key: <c>profiles_</c>, a word for the type, an underscore, 43 random characters of base 62 (256
/// bits), and six characters of checksum. The beginning lets scanners find keys that leaked; the checksum tells a damaged key
/// without asking the database.
/// </summary>
public static class ApiKeyText
{
    /// <summary>The fewest characters of an imported key.</summary>
    public const int MinImportedLength = 16;

    /// <summary>The most characters of any key.</summary>
    public const int MaxLength = 256;

    /// <summary>How every key begins that was made here.</summary>
    public const string Brand = "profiles_";

    private const int RandomLength = 43; // 62^43 > 2^256
    private const int ChecksumLength = 6; // 62^6 > 2^32
    private const int ShownLength = 6;
    private const int ShownPart = 8;

    /// <summary>A new random key.</summary>
    public static string Create(ApiKeyType type)
    {
        var content = $"{BeginningOf(type)}{CredentialText.Random(CredentialText.Base62, RandomLength)}";
        return content + ChecksumOf(content);
    }

    /// <summary>
    /// Whether a text can be an API key: 16–256 visible ASCII characters and, where it begins like one that was made here, whole
    /// and undamaged.
    /// </summary>
    public static bool IsPossible([NotNullWhen(true)] string? text) =>
        text is { Length: >= MinImportedLength and <= MaxLength }
        && CredentialText.IsVisible(text)
        && (!text.StartsWith(Brand, StringComparison.Ordinal) || TypeOf(text) is not null);

    /// <summary>The type that a key which was made here says of itself; null for any other text, and for a damaged one.</summary>
    public static ApiKeyType? TypeOf(string text)
    {
        foreach (var type in Enum.GetValues<ApiKeyType>())
        {
            var beginning = BeginningOf(type);
            if (text.Length == beginning.Length + RandomLength + ChecksumLength
                && text.StartsWith(beginning, StringComparison.Ordinal)
                && CredentialText.IsBase62(text.AsSpan(beginning.Length))
                && text.AsSpan(text.Length - ChecksumLength).SequenceEqual(ChecksumOf(text.AsSpan(0, text.Length - ChecksumLength))))
            {
                return type;
            }
        }

        return null;
    }

    /// <summary>
    /// The first characters, by which people tell keys apart: the type and six random characters of a key that was made here, at
    /// most an eighth of any other.
    /// </summary>
    public static string PrefixOf(string text) =>
        TypeOf(text) is { } type
            ? text[..(BeginningOf(type).Length + ShownLength)]
            : text[..Math.Min(ShownLength, text.Length / ShownPart)];

    private static string BeginningOf(ApiKeyType type) =>
        type switch
        {
            ApiKeyType.Session => Brand + "session_",
            ApiKeyType.Public => Brand + "public_",
            ApiKeyType.Administrative => Brand + "admin_",
            _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Not a type of keys."),
        };

    // CRC-32C, which finds every error of up to 32 bits in a row; no secret is needed to compute it, and none would help.
    private static string ChecksumOf(ReadOnlySpan<char> content)
    {
        var crc = uint.MaxValue;
        foreach (var c in content)
            crc = BitOperations.Crc32C(crc, (byte)c);
        return string.Create(ChecksumLength, ~crc, static (digits, rest) =>
        {
            for (var i = digits.Length - 1; i >= 0; i--, rest /= (uint)CredentialText.Base62.Length)
                digits[i] = CredentialText.Base62[(int)(rest % (uint)CredentialText.Base62.Length)];
        });
    }
}
