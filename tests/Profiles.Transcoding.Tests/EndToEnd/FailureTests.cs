using System.Net;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.Logging;
using Profiles.Transcoding.Tests.V1;

namespace Profiles.Transcoding.Tests.EndToEnd;

/// <summary>How failures of a method are answered and logged.</summary>
public class FailureTests : AppFixture
{
    [TestCase(StatusCode.Cancelled, 499)]
    [TestCase(StatusCode.Unknown, 500)]
    [TestCase(StatusCode.InvalidArgument, 400)]
    [TestCase(StatusCode.DeadlineExceeded, 504)]
    [TestCase(StatusCode.NotFound, 404)]
    [TestCase(StatusCode.AlreadyExists, 409)]
    [TestCase(StatusCode.PermissionDenied, 403)]
    [TestCase(StatusCode.Unauthenticated, 401)]
    [TestCase(StatusCode.ResourceExhausted, 429)]
    [TestCase(StatusCode.FailedPrecondition, 400)]
    [TestCase(StatusCode.Aborted, 409)]
    [TestCase(StatusCode.OutOfRange, 400)]
    [TestCase(StatusCode.Unimplemented, 501)]
    [TestCase(StatusCode.Internal, 500)]
    [TestCase(StatusCode.Unavailable, 503)]
    [TestCase(StatusCode.DataLoss, 500)]
    public async Task Each_code_has_its_HTTP_status(StatusCode code, int status)
    {
        await ExpectAsync("GET", "/v1/fail/" + code, null, status, $$"""{"code":{{(int)code}},"message":"as told"}""");
        App.Logs.AssertOne(3001, LogLevel.Information);
    }

    [Test]
    public async Task Details_and_trailers_are_handed_on()
    {
        using var response = await App.SendAsync("GET", "/v1/fail/rich");
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(response.Headers.GetValues("retry-after"), Is.EqualTo(new[] { "2" }));
        Assert.That(response.Headers.Contains("grpc-status-details-bin"), Is.False);
        Assert.That(
            await response.Content.ReadAsStringAsync(),
            Is.EqualTo("""
                {"code":9,"message":"not now","details":[{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"NOT_NOW","domain":"tests"},
                {"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"1.500s"}]}
                """.ReplaceLineEndings("")),
            "a detail of unknown type is left out");
    }

    [Test]
    public async Task Details_that_cannot_be_read_hide_nothing()
    {
        await ExpectAsync("GET", "/v1/fail/bad-details", null, 404, """{"code":5,"message":"gone"}""");
        App.Logs.AssertOne(3009, LogLevel.Warning);
    }

    [Test]
    public async Task Trailers_become_headers()
    {
        using var response = await App.SendAsync("GET", "/v1/fail/trailers");
        Assert.That(response.Headers.WwwAuthenticate.ToString(), Is.EqualTo("Bearer"));
    }

    [Test]
    public Task A_status_that_is_set_counts() => ExpectAsync(
        "GET", "/v1/fail/status", null, 500,
        """{"code":15,"message":"half of it","details":[{"@type":"type.googleapis.com/google.rpc.RequestInfo","requestId":"r"}]}""");

    [Test]
    public Task A_cancellation_of_the_method_s_own_is_no_error() =>
        ExpectAsync("GET", "/v1/fail/cancelled", null, 499, """{"code":1,"message":"The call was cancelled."}""");

    [TestCase("throw")]
    [TestCase("null")]
    public async Task An_exception_is_logged_and_not_told(string mode)
    {
        await ExpectAsync("GET", "/v1/fail/" + mode, null, 500, """{"code":2,"message":"Exception was thrown by handler."}""");
        App.Logs.AssertOne(3002, LogLevel.Error);
        App.Logs.Clear();
    }

    [Test]
    public async Task HEAD_fails_without_body()
    {
        using var response = await App.SendAsync("HEAD", "/v1/fail/NotFound");
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(response.Content.Headers.ContentLength, Is.EqualTo("""{"code":5,"message":"as told"}""".Length));
    }

    [Test]
    public async Task A_call_past_its_deadline_is_answered_though_the_method_waits()
    {
        App.Gate.Reset();
        using var response = await App.SendAsync("GET", "/v1/wait", null, ("grpc-timeout", "100m"));
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.GatewayTimeout));
        Assert.That(
            await response.Content.ReadAsStringAsync(),
            Is.EqualTo("""{"code":4,"message":"The deadline of the call has passed."}"""));
        await App.Gate.Left;
    }

    [TestCase("1")]
    [TestCase("S")]
    [TestCase("1s")]
    [TestCase("-1S")]
    [TestCase("123456789S")]
    [TestCase("1.5S")]
    public async Task A_malformed_deadline_is_refused(string value)
    {
        using var response = await App.SendAsync("GET", "/v1/books/a", null, ("grpc-timeout", value));
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("grpc-timeout"));
    }

    [Test]
    public async Task A_deadline_of_nothing_has_passed()
    {
        using var response = await App.SendAsync("GET", "/v1/books/a", null, ("grpc-timeout", "0n"));
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.GatewayTimeout));
    }

    [Test]
    public async Task A_client_that_leaves_cancels_the_method_and_is_no_error()
    {
        App.Gate.Reset();
        var logged = App.Logs.Await(3003);
        using var leaving = new CancellationTokenSource();
        var request = App.Http.GetAsync("/v1/wait", leaving.Token);
        await App.Gate.Entered;
        await leaving.CancelAsync();
        await App.Gate.Left;
        Assert.That(async () => await request, Throws.InstanceOf<OperationCanceledException>());
        await logged;
        App.Logs.AssertOne(3003, LogLevel.Information);
    }

    [Test]
    public async Task GRPC_still_says_what_it_does_not_know()
    {
        using var channel = GrpcChannel.ForAddress(App.Grpc);
        var method = new Method<Kinds, Kinds>(
            MethodType.Unary, "no.such.Service", "Call",
            Marshallers.Create(message => message.ToByteArray(), Kinds.Parser.ParseFrom),
            Marshallers.Create(message => message.ToByteArray(), Kinds.Parser.ParseFrom));
        var error = await Assert.ThrowsAsync<RpcException>(
            async () => await channel.CreateCallInvoker().AsyncUnaryCall(method, null, default, new Kinds()));
        Assert.That(error!.StatusCode, Is.EqualTo(StatusCode.Unimplemented));
    }

    [Test]
    public async Task GRPC_answers_the_same()
    {
        using var channel = GrpcChannel.ForAddress(App.Grpc);
        var client = new EchoService.EchoServiceClient(channel);
        var error = await Assert.ThrowsAsync<RpcException>(async () => await client.FailAsync(new FailRequest { Mode = "Aborted" }));
        Assert.That((error!.StatusCode, error.Status.Detail), Is.EqualTo((StatusCode.Aborted, "as told")));

        var kinds = new Kinds { Scalars = new Scalars { Int32Value = 5 } };
        Assert.That(await client.EchoAsync(kinds), Is.EqualTo(kinds));
    }
}
