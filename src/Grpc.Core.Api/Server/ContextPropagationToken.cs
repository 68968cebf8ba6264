namespace Grpc.Core;

/// <summary>
/// What a call hands on to the calls that its handler makes. Only gRPC makes such tokens; neither the ASP.NET Core server nor the
/// .NET client supports them, so pass <see cref="ServerCallContext.Deadline"/> and <see cref="ServerCallContext.CancellationToken"/>.
/// </summary>
public abstract class ContextPropagationToken
{
    internal ContextPropagationToken()
    {
    }
}
