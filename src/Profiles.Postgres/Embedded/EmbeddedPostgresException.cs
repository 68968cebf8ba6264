namespace Profiles.Postgres.Embedded;

/// <summary>
/// The embedded PostgreSQL cannot be had. The message is one for the operator: it says what is wrong and what to do about it.
/// It names files and settings of this machine, so it belongs on the console and in the log, never in an answer to a caller.
/// </summary>
public sealed class EmbeddedPostgresException : Exception
{
    /// <summary>Makes one with a message for the operator.</summary>
    /// <param name="message">What is wrong and what to do about it.</param>
    public EmbeddedPostgresException(string message)
        : base(message)
    {
    }

    /// <summary>Makes one with a message for the operator and the failure behind it.</summary>
    /// <param name="message">What is wrong and what to do about it.</param>
    /// <param name="innerException">The failure behind it.</param>
    public EmbeddedPostgresException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
