namespace Profiles.Server.Limits;

/// <summary>Marks a method that takes a whole denylist, so that <see cref="DenylistGateMiddleware"/> lets only so many of its calls in at once.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TakesDenylistAttribute : Attribute;
