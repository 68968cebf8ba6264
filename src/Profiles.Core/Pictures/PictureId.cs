using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Profiles.Core.Errors;

namespace Profiles.Core.Pictures;

/// <summary>
/// Names a picture in its organization: SHA-256 in 64 hexadecimal digits, of the image that was sent; where a part of it was asked
/// for, of its hash and that part. So what is sent twice is stored once.
/// </summary>
public readonly record struct PictureId
{
    /// <summary>How many characters an id has.</summary>
    public const int Length = 2 * SHA256.HashSizeInBytes;

    // What stands before an id where a profile has its picture; no URL begins like this.
    private const string StoredPrefix = "picture:";

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    private readonly string? value;

    private PictureId(string value) => this.value = value;

    /// <summary>The id as text.</summary>
    public string Value => value ?? throw new InvalidOperationException("A picture id was never given a value.");

    /// <summary>The id as the value of a profile's field.</summary>
    internal string Stored => StoredPrefix + Value;

    /// <summary>The id of what is made of <paramref name="upload"/>.</summary>
    /// <exception cref="ProfilesException">A file has another SHA-256 than its sender says.</exception>
    public static PictureId Of(PictureUpload upload)
    {
        var original = upload.HashImage();
        if (upload.PartBytes() is not { Length: > 0 } part)
            return new PictureId(Convert.ToHexStringLower(original));
        return new PictureId(Convert.ToHexStringLower(SHA256.HashData([.. original, .. part])));
    }

    /// <summary>Reads an id.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out PictureId id)
    {
        var valid = text?.Length == Length && !text.AsSpan().ContainsAnyExcept(HexDigits);
        id = valid ? new PictureId(text!) : default;
        return valid;
    }

    /// <summary>Reads the value of a profile's field; false when it is the address of a picture elsewhere, or nothing.</summary>
    public static bool TryParseStored([NotNullWhen(true)] string? text, out PictureId id)
    {
        id = default;
        return text is not null && text.StartsWith(StoredPrefix, StringComparison.Ordinal) && TryParse(text[StoredPrefix.Length..], out id);
    }

    /// <inheritdoc/>
    public override string ToString() => value ?? string.Empty;
}
