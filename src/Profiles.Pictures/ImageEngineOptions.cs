namespace Profiles.Pictures;

/// <summary>How much work on images may go on at once.</summary>
public sealed record ImageEngineOptions
{
    /// <summary>The file of libvips; null for the installed one.</summary>
    public string? LibraryPath { get; init; }

    /// <summary>How many images are worked on at once, each on a thread of its own.</summary>
    public int Parallel { get; init; } = Math.Clamp(Environment.ProcessorCount, 1, 4);

    /// <summary>How many more may wait.</summary>
    public int Waiting { get; init; } = 64;

    /// <summary>What an image may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);
}
