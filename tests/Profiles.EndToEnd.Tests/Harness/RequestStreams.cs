using Grpc.Core;

namespace Profiles.EndToEnd.Tests.Harness;

/// <summary>Streams of requests.</summary>
internal static class RequestStreams
{
    /// <summary>
    /// Sends messages and the end. A server may refuse before it has read all: then writing fails with whatever the client noticed first,
    /// and why is told by the answer.
    /// </summary>
    public static async Task SendAllAsync<T>(this IClientStreamWriter<T> stream, params IReadOnlyList<T> messages)
    {
        try
        {
            foreach (var message in messages)
                await stream.WriteAsync(message);
            await stream.CompleteAsync();
        }
        catch (RpcException)
        {
            // The answer tells.
        }
    }
}
