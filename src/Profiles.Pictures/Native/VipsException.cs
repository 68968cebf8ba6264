using System.Runtime.InteropServices;

namespace Profiles.Pictures.Native;

/// <summary>libvips could not do what was asked. Its words are for the log: they may quote what is in a file.</summary>
internal sealed class VipsException(string message) : Exception(message)
{
    private const int MaxLength = 300;

    /// <summary>Takes what the library says, and empties it, so that the next failure does not find it.</summary>
    public static VipsException Take()
    {
        var text = Marshal.PtrToStringUTF8(Vips.ErrorBuffer())?.Trim() ?? string.Empty;
        Vips.ClearErrors();
        return new VipsException(text.Length > MaxLength ? text[..MaxLength] : text);
    }
}
