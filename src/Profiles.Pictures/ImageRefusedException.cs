namespace Profiles.Pictures;

/// <summary>An image breaks a rule. The message goes on from the image's name: "must be a JPEG, PNG or WebP image, yet is a GIF".</summary>
public sealed class ImageRefusedException : Exception
{
    /// <summary>Creates the failure.</summary>
    public ImageRefusedException(string rule)
        : base(rule)
    {
    }

    /// <summary>Creates a failure that another one caused.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="cause">What happened, for the log.</param>
    public ImageRefusedException(string rule, Exception cause)
        : base(rule, cause)
    {
    }

    /// <summary>Whether it is the part asked for that breaks the rule, and not the image.</summary>
    public bool IsAboutCrop { get; init; }
}

/// <summary>As many images are being worked on as may be, and as many wait.</summary>
public sealed class ImageQueueFullException() : Exception("Too many images are being worked on.");

/// <summary>libvips is not there, or cannot be used.</summary>
/// <param name="message">What is wrong.</param>
/// <param name="cause">What happened.</param>
public sealed class ImageLibraryException(string message, Exception? cause = null) : Exception(message, cause);
