using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Profiles.Core.Errors;

namespace Profiles.Core.Pictures;

/// <summary>An image that somebody sends, and which part of it is wanted: the middle square unless something else is said.</summary>
/// <param name="Image">The file. It must not change until the use case has ended.</param>
public sealed record PictureUpload(ReadOnlyMemory<byte> Image)
{
    /// <summary>The most bytes of a file.</summary>
    public const int MaxBytes = 10 * 1024 * 1024;

    /// <summary>The part to take, of the image as it is seen upright; null for the middle.</summary>
    public CropRectangle? Crop { get; init; }

    /// <summary>The part to take as an image of its own, which the sender has cut out; null for none.</summary>
    public ReadOnlyMemory<byte>? CroppedImage { get; init; }

    /// <summary>What the SHA-256 of <see cref="Image"/> has to be; null when the sender does not say.</summary>
    public byte[]? ImageSha256 { get; init; }

    /// <summary>What the SHA-256 of <see cref="CroppedImage"/> has to be; null when the sender does not say.</summary>
    public byte[]? CroppedImageSha256 { get; init; }

    /// <summary>The SHA-256 of the image.</summary>
    /// <exception cref="ProfilesException">It is another one than the sender says.</exception>
    internal byte[] HashImage() => Hash("image_sha256", Image, ImageSha256);

    /// <summary>What tells this part from the middle of the image; nothing for the middle.</summary>
    /// <exception cref="ProfilesException">The image that was cut out is another one than the sender says.</exception>
    internal byte[] PartBytes()
    {
        if (CroppedImage is { } cropped)
            return Hash("cropped_image_sha256", cropped, CroppedImageSha256);
        if (Crop is not { } crop)
            return [];
        var bytes = new byte[4 * sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, crop.Left);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4), crop.Top);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(8), crop.Width);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(12), crop.Height);
        return bytes;
    }

    private static byte[] Hash(string field, ReadOnlyMemory<byte> file, byte[]? expected)
    {
        var hash = SHA256.HashData(file.Span);
        return expected is null || hash.AsSpan().SequenceEqual(expected)
            ? hash
            : throw ProfilesException.Invalid(field, $"must be that of the file, yet {file.Length} bytes with {Convert.ToHexStringLower(hash)} arrived");
    }
}

/// <summary>A part of an image, in pixels from its upper left corner. Of one that is no square, the middle square is taken.</summary>
/// <param name="Left">Pixels left of it.</param>
/// <param name="Top">Pixels above it.</param>
/// <param name="Width">Its width.</param>
/// <param name="Height">Its height.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct CropRectangle(int Left, int Top, int Width, int Height);
