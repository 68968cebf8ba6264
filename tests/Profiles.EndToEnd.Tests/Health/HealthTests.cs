using Grpc.Core;
using Grpc.Health.V1;
using Profiles.EndToEnd.Tests.Harness;
using Profiles.EndToEnd.Tests.Reflection;
using static Grpc.Health.V1.HealthCheckResponse.Types;
using HealthClient = Grpc.Health.V1.Health.HealthClient;

namespace Profiles.EndToEnd.Tests.Health;

/// <summary>A server that is well says so, to everybody.</summary>
internal sealed class HealthTests : ProfilesTest
{
    private static IEnumerable<string> Names => ServedContract.Services.Append(string.Empty);

    private HealthClient Client => new(Invoker);

    [TestCaseSource(nameof(Names))]
    public async Task Each_service_and_the_server_as_a_whole_serve(string service)
    {
        var checkedNow = await Client.CheckAsync(new HealthCheckRequest { Service = service });
        using var watch = Client.Watch(new HealthCheckRequest { Service = service });

        Assert.That(checkedNow.Status, Is.EqualTo(ServingStatus.Serving));
        Assert.That(await watch.NextAsync(), Is.EqualTo(ServingStatus.Serving));
    }

    [Test]
    public async Task All_are_listed()
    {
        var list = await Client.ListAsync(new HealthListRequest());

        Assert.That(list.Statuses.Keys, Is.EquivalentTo(Names));
        Assert.That(list.Statuses.Values.Select(response => response.Status), Is.All.EqualTo(ServingStatus.Serving));
    }

    [TestCase("profiles.v1")]
    [TestCase("profiles.v1.profileservice")]
    [TestCase("/profiles.v1.ProfileService")]
    [TestCase("nothing")]
    public async Task A_service_that_is_not_there_is_not_found_and_can_be_watched(string service)
    {
        var failure = await RpcErrors.FailureOf(Client.CheckAsync(new HealthCheckRequest { Service = service }));
        using var watch = Client.Watch(new HealthCheckRequest { Service = service });

        Assert.That(failure.StatusCode, Is.EqualTo(StatusCode.NotFound));
        Assert.That(await watch.NextAsync(), Is.EqualTo(ServingStatus.ServiceUnknown));
    }

    [TestCase("/healthz/live", "LIVE")]
    [TestCase("/healthz/ready", "SERVING")]
    public async Task Probes_over_http_find_it_well(string path, string status)
    {
        var answer = await RestAsync("GET", path, token: string.Empty);
        var head = await RestAsync("HEAD", path, token: string.Empty);

        Assert.That(answer.Status, Is.EqualTo(200));
        Assert.That(answer.Json!.ToJsonString(), Is.EqualTo($$"""{"status":"{{status}}"}"""));
        Assert.That(answer.Response.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/json"));
        Assert.That(answer.Response.Headers.CacheControl!.NoStore, Is.True);
        Assert.That(head.Status, Is.EqualTo(200));
        Assert.That(head.Json, Is.Null);
    }

    [TestCase("/healthz")]
    [TestCase("/healthz/ready/database")]
    [TestCase("/Healthz/nothing")]
    public async Task There_is_nothing_beside_them(string path) =>
        Assert.That((await RestAsync("GET", path, token: string.Empty)).Status, Is.EqualTo(404));
}
