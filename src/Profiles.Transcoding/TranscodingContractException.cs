namespace Profiles.Transcoding;

/// <summary>
/// A google.api.http rule that cannot be served: a bad template, an unknown or repeated variable, a body field that is not
/// there, two rules on one route, a streaming method. Thrown while services are mapped, so such a program does not start.
/// </summary>
/// <param name="method">The full name of the RPC, for instance <c>package.Service.Method</c>.</param>
/// <param name="reason">What is wrong with its rule.</param>
public sealed class TranscodingContractException(string method, string reason)
    : InvalidOperationException($"The google.api.http rule of {method} cannot be served: {reason}.")
{
    /// <summary>The full name of the RPC.</summary>
    public string Method { get; } = method;

    /// <summary>What is wrong with its rule.</summary>
    public string Reason { get; } = reason;
}
