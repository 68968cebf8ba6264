using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;
using Profiles.Wire.Tests.V1;

namespace Profiles.Wire.Tests.GrpcWeb;

/// <summary>What the policy lets the page of another origin send and read.</summary>
public class CorsTests
{
    private const string FailPath = "/wire.tests.v1.ComplianceService/Fail";
    private const string Stranger = "https://stranger.example";

    private WireApp? app;

    [OneTimeSetUp]
    public async Task Start() => app = await WireApp.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await app!.DisposeAsync();

    [TestCase(WireApp.PageOrigin, "content-type,x-grpc-web,x-user-agent,grpc-timeout,authorization", true)]
    [TestCase(WireApp.PageOrigin, "x-other", true, Description = "the browser compares the answer with what it wants to send")]
    [TestCase(Stranger, "content-type,x-grpc-web", false)]
    public async Task A_preflight_names_what_clients_of_gRPC_Web_send(string origin, string headers, bool isAllowed)
    {
        using var answer = await SendAsync(
            "OPTIONS", origin, ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", headers));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(Values(answer, "Access-Control-Allow-Origin"), isAllowed ? Is.EqualTo(origin) : Is.Null);
        if (!isAllowed) return;
        Assert.That(Values(answer, "Access-Control-Allow-Methods"), Is.EqualTo("POST"));
        Assert.That(
            Values(answer, "Access-Control-Allow-Headers")!.Split(','),
            Is.EquivalentTo(new[] { "content-type", "authorization", "grpc-timeout", "x-grpc-web", "x-user-agent" }));
    }

    [TestCase(WireApp.PageOrigin)]
    [TestCase(Stranger)]
    public async Task A_page_reads_the_status_of_an_answer_without_messages(string origin)
    {
        using var answer = await SendAsync("POST", origin);

        Assert.That(Values(answer, "grpc-status"), Is.EqualTo("5"));
        Assert.That(
            Values(answer, "Access-Control-Expose-Headers"),
            origin == Stranger ? Is.Null : Is.EqualTo("grpc-status,grpc-message,grpc-status-details-bin"));
    }

    private static string? Values(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? string.Join(',', values) : null;

    private async Task<HttpResponseMessage> SendAsync(string method, string origin, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(app!.Http, FailPath));
        request.Headers.Add("Origin", origin);
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        if (method == "POST")
        {
            request.Content = new ByteArrayContent(RawCall.Frame(new FailRequest { Code = 5 }.ToByteArray()));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc-web+proto");
        }

        using var http = new HttpClient();
        return await http.SendAsync(request);
    }
}
