using Grpc.Core;
using Grpc.Health.V1;

namespace Profiles.EndToEnd.Tests.Health;

/// <summary>Reads a watch.</summary>
internal static class Watches
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>The next status.</summary>
    public static async Task<HealthCheckResponse.Types.ServingStatus> NextAsync(this AsyncServerStreamingCall<HealthCheckResponse> watch)
    {
        Assert.That(await watch.ResponseStream.MoveNext().WaitAsync(Patience), Is.True, "The watch has ended.");
        return watch.ResponseStream.Current.Status;
    }

    /// <summary>How it ends, with no other status before.</summary>
    public static async Task<StatusCode> EndAsync(this AsyncServerStreamingCall<HealthCheckResponse> watch) =>
        (await Assert.ThrowsAsync<RpcException>(() => watch.ResponseStream.MoveNext().WaitAsync(Patience)))!.StatusCode;
}
