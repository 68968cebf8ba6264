namespace Grpc.Core;

/// <summary>What a call hands on to the calls that its handler makes. Instances do not change.</summary>
public class ContextPropagationOptions
{
    /// <summary>Hands on both the deadline and the cancellation.</summary>
    public static readonly ContextPropagationOptions Default = new();

    /// <summary>Creates options.</summary>
    /// <param name="propagateDeadline">Whether the deadline is handed on.</param>
    /// <param name="propagateCancellation">Whether the cancellation is handed on.</param>
    public ContextPropagationOptions(bool propagateDeadline = true, bool propagateCancellation = true)
    {
        IsPropagateDeadline = propagateDeadline;
        IsPropagateCancellation = propagateCancellation;
    }

    /// <summary>Whether the deadline is handed on.</summary>
    public bool IsPropagateDeadline { get; }

    /// <summary>Whether the cancellation is handed on.</summary>
    public bool IsPropagateCancellation { get; }
}
