namespace Profiles.Pictures.Headers;

/// <summary>The formats that are taken.</summary>
internal enum ImageFormat
{
    Jpeg,
    Png,
    Webp,
}
