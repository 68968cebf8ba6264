using System.Globalization;
using Google.Protobuf;
using Grpc.Core;
using Kinds.V1;
using Profiles.Server.Tests.Tokens;

namespace Profiles.Server.Tests.Streams;

/// <summary>Whatever its kind, a call is guarded, read strictly, and fails as all calls do.</summary>
internal sealed class EveryKindTests
{
    private static readonly string[] Kinds = ["Unary", "ServerStreaming", "ClientStreaming", "DuplexStreaming"];

    private KindsApp app = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => app = await KindsApp.StartAsync(isOpen: true);

    [OneTimeTearDown]
    public async Task StopAsync() => await app.DisposeAsync();

    [TestCaseSource(nameof(Kinds))]
    public async Task A_good_message_comes_back(string kind)
    {
        var request = Message("grüezi");

        Assert.That(await app.CallAsync(kind, request), Is.EqualTo(request));
    }

    [TestCaseSource(nameof(Kinds))]
    public async Task Text_that_is_not_utf_8_is_refused(string kind)
    {
        var failure = await FailureAsync(kind, [0x0a, 0x02, 0xc3, 0x28]);

        Assert.That(failure.StatusCode, Is.EqualTo(StatusCode.InvalidArgument));
        Assert.That(failure.Status.Detail, Does.Contain("text must be text in UTF-8"));
    }

    [TestCaseSource(nameof(Kinds))]
    public async Task What_is_no_message_is_refused(string kind)
    {
        var failure = await FailureAsync(kind, [0xff, 0xff]);

        Assert.That(failure.StatusCode, Is.EqualTo(StatusCode.InvalidArgument));
    }

    [TestCaseSource(nameof(Kinds))]
    public async Task A_broken_rule_keeps_its_details(string kind)
    {
        var failure = await FailureAsync(kind, Message(KindsService.Violation));

        Assert.That(failure.StatusCode, Is.EqualTo(StatusCode.InvalidArgument));
        Assert.That(failure.Trailers.GetValueBytes("grpc-status-details-bin"), Is.Not.Empty);
    }

    [TestCaseSource(nameof(Kinds))]
    public async Task A_fault_of_ours_is_logged_and_told_to_nobody(string kind)
    {
        var failure = await FailureAsync(kind, Message(KindsService.Bug));

        Assert.That(failure.StatusCode, Is.EqualTo(StatusCode.Internal));
        Assert.That(failure.Status.Detail, Does.Not.Contain("secret"));
        Assert.That(app.Errors, Has.One.EqualTo($"/kinds.v1.Kinds/{kind} failed unexpectedly"));
    }

    [TestCaseSource(nameof(Kinds))]
    public async Task A_deadline_that_passes_is_told(string kind)
    {
        var status = await app.CallWithTimeoutAsync(kind, Message(KindsService.Wait), "200m");

        Assert.That(status, Is.EqualTo(((int)StatusCode.DeadlineExceeded).ToString(CultureInfo.InvariantCulture)));
        Assert.That(app.Errors.Where(error => !error.EndsWith("failed unexpectedly", StringComparison.Ordinal)), Is.Empty);
    }

    [TestCaseSource(nameof(Kinds))]
    public async Task What_is_not_marked_as_open_is_closed_to_strangers_and_without_a_rule_to_everybody(string kind)
    {
        await using var closed = await KindsApp.StartAsync(isOpen: false);
        var token = new Metadata { { "authorization", $"Bearer {TestIssuer.Es256()}" } };

        var stranger = await FailureAsync(kind, Message("x"), headers: null, closed);
        var caller = await FailureAsync(kind, Message("x"), token, closed);

        Assert.That(stranger.StatusCode, Is.EqualTo(StatusCode.Unauthenticated));
        Assert.That(caller.StatusCode, Is.EqualTo(StatusCode.PermissionDenied));
    }

    private static byte[] Message(string text) => new Text { Text_ = text }.ToByteArray();

    private async Task<RpcException> FailureAsync(string kind, byte[] request, Metadata? headers = null, KindsApp? other = null) =>
        (await Assert.ThrowsAsync<RpcException>(() => (other ?? app).CallAsync(kind, request, headers)))!;
}
