using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Profiles.Wire.Tests.Cases;
using Profiles.Wire.Tests.Protocols;
using Profiles.Wire.Tests.V1;

namespace Profiles.Wire.Tests;

/// <summary>Every request means the same over gRPC, gRPC-Web and REST, and so does every answer.</summary>
public class ComplianceTests
{
    private WireApp? app;

    [OneTimeSetUp]
    public async Task Start() => app = await WireApp.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await app!.DisposeAsync();

    [TestCaseSource(typeof(ComplianceCase), nameof(ComplianceCase.All))]
    public async Task A_request_comes_back(MethodDescriptor method, string json, string protocol)
    {
        var request = Json.Parse<EchoRequest>(json);
        var outcome = await app!.Protocol(protocol).CallAsync(method, request);
        Assert.That(outcome.Status, Is.EqualTo(Outcome.Success));
        var response = (EchoResponse)outcome.Messages.Single();
        Assert.That(response.Request, Is.EqualTo(request));
        if (response.Method.Length > 0 || method.Name != nameof(ComplianceService.ComplianceServiceClient.EchoPart))
            Assert.That(response.Method, Is.EqualTo($"/{method.Service.FullName}/{method.Name}"));
    }

    [Test, Combinatorial]
    public async Task A_failure_is_the_same(
        [ValueSource(nameof(UnaryProtocols))] string protocol, [ValueSource(nameof(Codes))] StatusCode code)
    {
        var failure = Failure(code);
        var outcome = await app!.Protocol(protocol).CallAsync(Method("Fail"), failure);
        Assert.That(outcome.Messages, Is.Empty);
        Assert.That(outcome.Status, Is.EqualTo(Expected(failure)));
    }

    [Test, Combinatorial]
    public async Task A_stream_is_the_same(
        [ValueSource(nameof(StreamProtocols))] string protocol, [Values(0, 1, 5)] int times, [Values] bool fails)
    {
        var request = new StreamRequest
        {
            Request = new EchoRequest { Name = "ä€😀\n", Data = new Data { Int64Value = long.MinValue } },
            Times = times,
            Failure = fails ? Failure(StatusCode.DataLoss) : null,
        };
        var outcome = await app!.Protocol(protocol).CallAsync(Method("EchoStream"), request);
        Assert.That(outcome.Messages, Has.Count.EqualTo(times));
        Assert.That(outcome.Messages.Cast<EchoResponse>().Select(message => message.Request), Is.All.EqualTo(request.Request));
        Assert.That(outcome.Status, Is.EqualTo(fails ? Expected(request.Failure!) : Outcome.Success));
    }

    private static IEnumerable<StatusCode> Codes() => System.Enum.GetValues<StatusCode>().Where(code => code != StatusCode.OK);

    private static IEnumerable<string> UnaryProtocols() => ComplianceCase.Protocols(Method("Fail"));

    private static IEnumerable<string> StreamProtocols() => ComplianceCase.Protocols(Method("EchoStream"));

    private static MethodDescriptor Method(string name) => ComplianceService.Descriptor.FindMethodByName(name);

    private static FailRequest Failure(StatusCode code) => new()
    {
        Code = (int)code,
        Message = "Not so: 100 % ä€😀\nline two",
        Details =
        {
            Any.Pack(new Google.Rpc.BadRequest { FieldViolations = { new Google.Rpc.BadRequest.Types.FieldViolation { Field = "a.b", Description = "must not" } } }),
            Any.Pack(new Google.Rpc.RetryInfo { RetryDelay = Duration.FromTimeSpan(TimeSpan.FromSeconds(1.5)) }),
        },
    };

    private static Google.Rpc.Status Expected(FailRequest failure) =>
        new() { Code = failure.Code, Message = failure.Message, Details = { failure.Details } };
}
