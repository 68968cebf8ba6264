using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
using Profiles.EndToEnd.Tests.Harness;
using static Grpc.Health.V1.HealthCheckResponse.Types;
using HealthClient = Grpc.Health.V1.Health.HealthClient;

namespace Profiles.EndToEnd.Tests.Health;

/// <summary>A server that is told to stop says so before it stops.</summary>
internal sealed class DrainTests
{
    // What running requests have to finish: an open watch must not use it up.
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(30);

    [Test]
    public async Task Watches_end_with_not_serving_and_do_not_hold_the_stop_up()
    {
        using var data = new DataFolder();
        await using var server = await ServerProcess.StartAsync(data.Settings);
        using var channel = GrpcChannel.ForAddress(server.Grpc);
        using var known = new HealthClient(channel).Watch(new HealthCheckRequest());
        using var unknown = new HealthClient(channel).Watch(new HealthCheckRequest { Service = "nothing" });
        Assert.That(await known.NextAsync(), Is.EqualTo(ServingStatus.Serving));
        Assert.That(await unknown.NextAsync(), Is.EqualTo(ServingStatus.ServiceUnknown));

        var started = TimeProvider.System.GetTimestamp();
        server.BeginStop();

        Assert.That(await known.NextAsync(), Is.EqualTo(ServingStatus.NotServing));
        Assert.That(await known.EndAsync(), Is.EqualTo(StatusCode.Unavailable));
        Assert.That(await unknown.EndAsync(), Is.EqualTo(StatusCode.Unavailable));
        Assert.That(await server.WaitForExitAsync(), Is.Zero);
        Assert.That(TimeProvider.System.GetElapsedTime(started), Is.LessThan(StopTime));
        Assert.That(server.Errors(), Is.Empty);
    }

    [Test]
    public async Task While_it_drains_it_serves_and_says_not_to_send_more()
    {
        const int Drain = 8;
        using var data = new DataFolder();
        await using var server = await ServerProcess.StartAsync(data.With(("PROFILES_DRAIN_SECONDS", $"{Drain}")));
        using var mint = new TokenMint(await File.ReadAllTextAsync(data.IssuerKey));
        using var channel = GrpcChannel.ForAddress(server.Grpc);
        using var http = new HttpClient { BaseAddress = server.Http };
        http.DefaultRequestHeaders.Authorization = new("Bearer", mint.Mint("demo", "alice"));
        using var watch = new HealthClient(channel).Watch(new HealthCheckRequest());
        Assert.That(await watch.NextAsync(), Is.EqualTo(ServingStatus.Serving));

        var started = TimeProvider.System.GetTimestamp();
        server.BeginStop();
        Assert.That(await watch.NextAsync(), Is.EqualTo(ServingStatus.NotServing));

        using var ready = await http.GetAsync("/healthz/ready");
        using var live = await http.GetAsync("/healthz/live");
        using var body = new StringContent("""{"nickname":"Al"}""", null, "application/json");
        using var written = await http.PatchAsync("/v1/users/me/profile", body);
        Assert.That((int)ready.StatusCode, Is.EqualTo(503));
        Assert.That(await ready.Content.ReadAsStringAsync(), Is.EqualTo("""{"status":"NOT_SERVING","reason":"DRAINING"}"""));
        Assert.That((int)live.StatusCode, Is.EqualTo(200));
        Assert.That((int)written.StatusCode, Is.EqualTo(200));

        Assert.That(await watch.EndAsync(), Is.EqualTo(StatusCode.Unavailable));
        Assert.That(TimeProvider.System.GetElapsedTime(started), Is.GreaterThan(TimeSpan.FromSeconds(Drain - 1)));
        Assert.That(await server.WaitForExitAsync(), Is.Zero);
        Assert.That(server.Errors(), Is.Empty);
    }
}
