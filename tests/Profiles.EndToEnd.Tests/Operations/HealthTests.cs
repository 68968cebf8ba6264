using System.Diagnostics;
using System.Globalization;
using System.Net;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
using Profiles.EndToEnd.Tests.Harness;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace Profiles.EndToEnd.Tests.Operations;

/// <summary>What probes and load balancers are told; none of them has a token.</summary>
internal sealed class HealthTests : ProfilesTest
{
    private const int DatabaseReadyEvent = 2100;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private Health.HealthClient Client => new(Invoker);

    [TestCase("")]
    [TestCase("profiles.v1.ProfileService")]
    public async Task A_server_that_can_work_is_serving(string service)
    {
        var response = await Client.CheckAsync(new HealthCheckRequest { Service = service });

        Assert.That(response.Status, Is.EqualTo(ServingStatus.Serving));
    }

    [Test]
    public async Task All_services_are_listed()
    {
        var response = await Client.ListAsync(new HealthListRequest());

        Assert.That(response.Statuses.Keys, Is.EquivalentTo(new[] { "", "profiles.v1.ProfileService" }));
        Assert.That(response.Statuses.Values.Select(each => each.Status), Is.All.EqualTo(ServingStatus.Serving));
    }

    [TestCase("nothing")]
    [TestCase("profiles.v1")]
    [TestCase("PROFILES.V1.PROFILESERVICE")]
    public async Task A_service_that_is_not_here_is_unknown(string service)
    {
        var error = await RpcErrors.FailureOf(Client.CheckAsync(new HealthCheckRequest { Service = service }));
        using var watch = Client.Watch(new HealthCheckRequest { Service = service });

        Assert.That(error.StatusCode, Is.EqualTo(StatusCode.NotFound));
        Assert.That(await NextAsync(watch), Is.EqualTo(ServingStatus.ServiceUnknown));
    }

    [TestCase("/healthz/live")]
    [TestCase("/healthz/ready")]
    public async Task Probes_over_HTTP_need_no_token(string path)
    {
        using var response = await Http.GetAsync(path);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(response.Headers.CacheControl?.NoStore, Is.True);
        Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo("""{"status":"SERVING"}"""));
    }

    [Test]
    public async Task A_database_that_does_not_answer_is_told_and_so_is_its_return()
    {
        using var data = new DataFolder();
        await using var server = await ServerProcess.StartAsync(data.Settings);
        using var channel = GrpcChannel.ForAddress(server.Grpc);
        using var http = new HttpClient { BaseAddress = server.Http };
        using var watch = new Health.HealthClient(channel).Watch(new HealthCheckRequest());
        var postmaster = (await server.WaitForEventAsync(DatabaseReadyEvent)).GetProperty("State").GetProperty("ProcessId").GetInt32();

        Assert.That(await NextAsync(watch), Is.EqualTo(ServingStatus.Serving));
        await SignalAsync("STOP", postmaster);
        try
        {
            Assert.That(await NextAsync(watch), Is.EqualTo(ServingStatus.NotServing));
            using var ready = await http.GetAsync("/healthz/ready");
            using var live = await http.GetAsync("/healthz/live");
            Assert.That((ready.StatusCode, live.StatusCode), Is.EqualTo((HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK)));
        }
        finally
        {
            await SignalAsync("CONT", postmaster);
        }

        Assert.That(await NextAsync(watch), Is.EqualTo(ServingStatus.Serving));
    }

    [Test]
    public async Task A_server_that_stops_says_so_first_and_goes_on_for_its_drain_time()
    {
        using var data = new DataFolder();
        await using var server = await ServerProcess.StartAsync(data.With(("PROFILES_DRAIN_SECONDS", "3")));
        using var channel = GrpcChannel.ForAddress(server.Grpc);
        using var http = new HttpClient { BaseAddress = server.Http };
        using var watch = new Health.HealthClient(channel).Watch(new HealthCheckRequest());
        Assert.That(await NextAsync(watch), Is.EqualTo(ServingStatus.Serving));

        server.BeginStop();

        Assert.That(await NextAsync(watch), Is.EqualTo(ServingStatus.NotServing));
        using var ready = await http.GetAsync("/healthz/ready");
        Assert.That(ready.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        var end = await Assert.ThrowsAsync<RpcException>(() => NextAsync(watch));
        Assert.That(end!.StatusCode, Is.EqualTo(StatusCode.Unavailable));
        Assert.That(await server.WaitForExitAsync(), Is.Zero);
    }

    private static async Task<ServingStatus> NextAsync(AsyncServerStreamingCall<HealthCheckResponse> watch)
    {
        Assert.That(await watch.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(Patience), Is.True);
        return watch.ResponseStream.Current.Status;
    }

    /// <summary>Signals the database: its first process and those that it has begun.</summary>
    private static async Task SignalAsync(string signal, int postmaster)
    {
        var id = postmaster.ToString(CultureInfo.InvariantCulture);
        using var children = Process.Start("pkill", ["-" + signal, "-P", id]);
        await children.WaitForExitAsync().WaitAsync(Patience);
        using var first = Process.Start("kill", ["-" + signal, id]);
        await first.WaitForExitAsync().WaitAsync(Patience);
    }
}
