namespace Profiles.Server.Pictures;

/// <summary>Marks a method that takes images, so that <see cref="UploadGateMiddleware"/> lets only so many of its calls in at once.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TakesImagesAttribute : Attribute
{
    /// <summary>Requests that say that they have no more bytes than this are let in as they come: most calls of the method have no image.</summary>
    public long SmallBytes { get; init; } = -1;
}
