namespace Profiles.Reflection;

/// <summary>Limits of the reflection services.</summary>
public sealed class ReflectionOptions
{
    /// <summary>
    /// Most questions on one stream, 1 or more; 1,000 unless set. One more ends the stream with RESOURCE_EXHAUSTED. A tool asks a
    /// handful of questions, or one for each file or symbol.
    /// </summary>
    public int MaxRequestsPerStream { get; set; } = 1_000;

    /// <summary>
    /// Most bytes of one question, 1 or more; 4,096 unless set. A longer one ends the stream with RESOURCE_EXHAUSTED. A question is
    /// a name, and it is sent back with its answer.
    /// </summary>
    public int MaxRequestBytes { get; set; } = 4_096;
}
