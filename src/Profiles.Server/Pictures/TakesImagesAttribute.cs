namespace Profiles.Server.Pictures;

/// <summary>Marks a method that takes images, so that <see cref="UploadGateMiddleware"/> lets only so many of its calls in at once.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TakesImagesAttribute : Attribute;
