using Google.Protobuf;
using Grpc.Core;
using Profiles.EndToEnd.Tests.Harness;
using Profiles.V1;

namespace Profiles.EndToEnd.Tests.Hostile;

/// <summary>Whatever arrives over gRPC, the answer is the client's fault in clear words, and nothing is written.</summary>
internal sealed class GrpcInputTests : ProfilesTest
{
    private const string Replacement = "\ufffd";

    [TestCaseSource(typeof(HostileMessages), nameof(HostileMessages.All))]
    public async Task A_hostile_message_is_refused_and_nothing_is_written(byte[] message)
    {
        var failure = await RpcErrors.FailureOf(Invoker.CallRaw("SetProfile", message, AsServer));

        Assert.That(failure.StatusCode, Is.EqualTo(StatusCode.InvalidArgument), failure.Status.Detail);
        Assert.That(failure.Reason(), Is.EqualTo("INVALID_REQUEST"));
        Assert.That(failure.Status.Detail, Does.Not.Contain("Exception").And.Not.Contain("Protobuf"));
        await NothingIsWritten();
    }

    [TestCaseSource(typeof(EveryRpc), nameof(EveryRpc.Examples))]
    public async Task Every_rpc_refuses_what_is_no_message(object example)
    {
        byte[] cutField = [0x0a, 0x05, 0x61];

        var failure = await RpcErrors.FailureOf(Invoker.CallRaw(((RpcExample)example).Rpc, cutField, AsServer));

        Assert.That(failure.StatusCode, Is.EqualTo(StatusCode.InvalidArgument));
        Assert.That(failure.Reason(), Is.EqualTo("INVALID_REQUEST"));
    }

    [Test]
    public async Task A_replacement_character_that_was_sent_as_such_is_stored()
    {
        await Invoker.CallRaw("SetProfile", HostileMessages.Request(HostileMessages.Text(6, [0xef, 0xbf, 0xbd])), AsServer);
        var read = await Grpc.GetProfileAsync(new GetProfileRequest { UserId = "alice" }, AsServer);

        Assert.That(read.Profile.Nickname, Is.EqualTo(Replacement));
    }

    [Test]
    public async Task Unknown_fields_are_accepted_whatever_they_hold()
    {
        byte[] request =
        [
            .. HostileMessages.Request([.. HostileMessages.Text(6, "Al"u8.ToArray()), .. HostileMessages.Text(900, [0xff, 0xfe])]),
            .. HostileMessages.Text(901, [0xff]),
            // A varint, a fixed64, a fixed32 and a group, all of field 100.
            0xa0, 0x06, 0x01, 0xa1, 0x06, 1, 2, 3, 4, 5, 6, 7, 8, 0xa5, 0x06, 1, 2, 3, 4, 0xa3, 0x06, 0xa4, 0x06,
        ];

        await Invoker.CallRaw("SetProfile", request, AsServer);
        var read = await Grpc.GetProfileAsync(new GetProfileRequest { UserId = "alice" }, AsServer);

        Assert.That(read.Profile.Nickname, Is.EqualTo("Al"));
    }

    [Test]
    public async Task A_field_of_another_wire_type_is_taken_for_an_unknown_one()
    {
        // user_id as a varint: so there is none.
        byte[] request = [0x08, 0x07, .. HostileMessages.Text(2, HostileMessages.Text(6, "Al"u8.ToArray()))];

        var failure = await RpcErrors.FailureOf(Invoker.CallRaw("SetProfile", request, AsServer));

        Assert.That(failure.StatusCode, Is.EqualTo(StatusCode.InvalidArgument));
        Assert.That(failure.ViolatedFields(), Is.EqualTo((string[])["user_id"]));
        await NothingIsWritten();
    }

    [Test]
    public async Task A_message_over_4_mebibytes_is_refused()
    {
        var request = new SetProfileRequest { UserId = "alice", Profile = new Profile { Nickname = new string('a', 5 * 1024 * 1024) } };

        var failure = await RpcErrors.FailureOf(Invoker.CallRaw("SetProfile", request.ToByteArray(), AsServer));

        Assert.That(failure.StatusCode, Is.EqualTo(StatusCode.ResourceExhausted));
        await NothingIsWritten();
    }

    [Test]
    public async Task Metadata_of_100_kibibytes_are_refused()
    {
        var code = await RawGrpc.CodeOf(Invoker.CallRaw(EveryRpc.Find("SetProfile"), As(ServerToken, ("x-large", new string('a', 100_000)))));

        Assert.That(code, Is.Not.EqualTo(StatusCode.OK));
        await NothingIsWritten();
    }

    [TestCase("profiles.v1.ProfileService", "DropProfiles")]
    [TestCase("profiles.v2.ProfileService", "GetProfile")]
    [TestCase("grpc.reflection.v1.ServerReflection", "Nothing")]
    [TestCase("grpc.channelz.v1.Channelz", "GetServers")]
    [TestCase("..", "..")]
    public async Task An_unknown_method_is_unimplemented(string service, string rpc)
    {
        var code = await RawGrpc.CodeOf(Invoker.CallRaw(service, rpc, [], AsServer));

        Assert.That(code, Is.EqualTo(StatusCode.Unimplemented));
    }

    [TestCaseSource(typeof(EveryRpc), nameof(EveryRpc.Examples))]
    public async Task A_deadline_that_is_over_ends_the_call(object example)
    {
        var late = AsServer.WithDeadline(TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(-1));

        var code = await RawGrpc.CodeOf(Invoker.CallRaw((RpcExample)example, late));

        Assert.That(code, Is.EqualTo(StatusCode.DeadlineExceeded));
    }

    [Test]
    public async Task A_cancelled_call_leaves_the_server_well()
    {
        using var cancellation = new CancellationTokenSource();
        var calls = Enumerable.Range(0, 20)
            .Select(_ => RawGrpc.CodeOf(Invoker.CallRaw(EveryRpc.Find("SetProfile"), AsServer.WithCancellationToken(cancellation.Token))))
            .ToList();
        await cancellation.CancelAsync();

        var codes = await Task.WhenAll(calls);

        Assert.That(codes, Has.All.AnyOf(StatusCode.OK, StatusCode.Cancelled));
        Assert.That(await RawGrpc.CodeOf(Invoker.CallRaw(EveryRpc.Find("SetProfile"), AsServer)), Is.EqualTo(StatusCode.OK));
    }

    private async Task NothingIsWritten()
    {
        var list = await Grpc.ListProfilesAsync(new ListProfilesRequest(), AsServer);
        Assert.That(list.Profiles, Is.Empty);
    }
}
