namespace Profiles.Core.Organizations;

/// <summary>Rules for pictures as they are in effect.</summary>
/// <param name="Upload">Whether pictures can be uploaded.</param>
/// <param name="ChangesPerDay">How often a user may change the picture in 24 hours.</param>
/// <param name="KeepOriginals">Whether the file that was uploaded is kept beside what is made from it.</param>
public sealed record PictureSettings(bool Upload, int ChangesPerDay, bool KeepOriginals);
