using Google.Protobuf;
using Grpc.Core;
using Profiles.EndToEnd.Tests.Harness;
using Profiles.V1;

namespace Profiles.EndToEnd.Tests.Access;

/// <summary>Each RPC asks for what the contract declares, and asks before it looks at the request.</summary>
internal sealed class PermissionTests : ProfilesTest
{
    private const string Read = "profiles.read";
    private const string Write = "profiles.write";

    private static readonly byte[] Garbage = [0xff, 0xff, 0xff, 0x01, 0x02];

    private static IEnumerable<string> Rpcs => ProfileServiceReflection.Descriptor.Services.SelectMany(s => s.Methods).Select(m => m.Name);

    private static IEnumerable<TestCaseData> RpcsAndCallers() =>
        from rpc in Rpcs
        from permissions in (string[][])[[], [Read], [Write], [Read, Write], ["profiles", "profiles.*", "PROFILES.READ", "*"]]
        select new TestCaseData(rpc, permissions).SetArgDisplayNames(rpc, permissions.Length == 0 ? "no permission" : string.Join(' ', permissions));

    private static IEnumerable<TestCaseData> BadBodies()
    {
        yield return Body("malformed JSON", "{\"nickname\":"u8.ToArray());
        yield return Body("an unknown field", "{\"nonsense\":1}"u8.ToArray());
        yield return Body("a value that breaks a rule", "{\"currency\":\"x\"}"u8.ToArray());
        yield return Body("invalid UTF-8", [.. "{\"nickname\":\""u8, 0xff, .. "\"}"u8]);
        yield return Body("another media type", "nickname=Al"u8.ToArray(), "application/x-www-form-urlencoded");
        yield return Body("nothing", []);
        yield return Body("5 MiB", new byte[5 * 1024 * 1024]);
    }

    private static IEnumerable<TestCaseData> BadMessages()
    {
        yield return new TestCaseData(Garbage).SetArgDisplayNames("garbage");
        yield return new TestCaseData(Array.Empty<byte>()).SetArgDisplayNames("nothing");
        yield return new TestCaseData(new SetProfileRequest { UserId = "a b", Profile = new Profile { Currency = "x" } }.ToByteArray())
            .SetArgDisplayNames("values that break rules");
        yield return new TestCaseData(new byte[5 * 1024 * 1024]).SetArgDisplayNames("5 MiB");
    }

    [Test]
    public void Every_rpc_of_the_contract_has_an_example() =>
        Assert.That(EveryRpc.Examples.Select(example => example.Rpc), Is.EquivalentTo(Rpcs));

    [TestCaseSource(nameof(Rpcs))]
    public void What_an_rpc_asks_for_fits_its_name(string rpc)
    {
        var expected = rpc switch
        {
            _ when rpc.Contains("My", StringComparison.Ordinal) => new V1.Access { OwnRecord = true },
            _ when rpc.StartsWith("Get", StringComparison.Ordinal) || rpc.StartsWith("BatchGet", StringComparison.Ordinal)
                || rpc.StartsWith("List", StringComparison.Ordinal) => new V1.Access { Permission = Read },
            _ => new V1.Access { Permission = Write },
        };
        expected.RateClass = rpc switch
        {
            _ when rpc.StartsWith("Batch", StringComparison.Ordinal) => RateClass.Batch,
            _ when rpc.StartsWith("Get", StringComparison.Ordinal) || rpc.StartsWith("List", StringComparison.Ordinal) => RateClass.Read,
            _ => RateClass.Write,
        };

        Assert.That(Declared(rpc), Is.EqualTo(expected));
    }

    [TestCaseSource(nameof(RpcsAndCallers))]
    public async Task An_rpc_is_open_to_just_those_callers_that_the_contract_names(string rpc, string[] permissions)
    {
        var example = EveryRpc.Find(rpc);
        var token = SharedServer.Mint.Mint(Organization, "alice", permissions);
        var access = Declared(rpc);
        var open = access.OwnRecord || permissions.Contains(access.Permission);

        await CreateAlice();
        var overGrpc = await RawGrpc.CodeOf(Invoker.CallRaw(example, As(token)));
        await CreateAlice();
        var overRest = await RestAsync(example.HttpMethod, example.Path, token, example.Body);

        Assert.That(overGrpc, Is.EqualTo(open ? StatusCode.OK : StatusCode.PermissionDenied));
        Assert.That(overRest.Status, Is.EqualTo(open ? 200 : 403), overRest.Json?.ToString());
        Assert.That(overRest.Reason, Is.EqualTo(open ? null : "PERMISSION_MISSING"));
    }

    [TestCaseSource(nameof(Rpcs))]
    public async Task Nobody_calls_an_rpc_without_a_token(string rpc)
    {
        var example = EveryRpc.Find(rpc);
        await CreateAlice();

        var overGrpc = await RawGrpc.CodeOf(Invoker.CallRaw(example, default));
        var overRest = await RestAsync(example.HttpMethod, example.Path, token: string.Empty, example.Body);

        Assert.That(overGrpc, Is.EqualTo(StatusCode.Unauthenticated));
        Assert.That(overRest.Status, Is.EqualTo(401));
    }

    [TestCaseSource(nameof(Rpcs))]
    public async Task A_subject_that_is_no_user_id_reaches_no_record_of_its_own(string rpc)
    {
        var example = EveryRpc.Find(rpc);
        var token = SharedServer.Mint.Mint(Organization, "service account/7", Read, Write);
        await CreateAlice();

        var overRest = await RestAsync(example.HttpMethod, example.Path, token, example.Body);
        await CreateAlice();
        var overGrpc = await RawGrpc.CodeOf(Invoker.CallRaw(example, As(token)));

        var own = Declared(rpc).OwnRecord;
        Assert.That(overRest.Status, Is.EqualTo(own ? 403 : 200));
        Assert.That(overRest.Reason, Is.EqualTo(own ? "USER_REQUIRED" : null));
        Assert.That(overGrpc, Is.EqualTo(own ? StatusCode.PermissionDenied : StatusCode.OK));
    }

    [TestCaseSource(nameof(BadBodies))]
    public async Task A_bad_body_is_not_looked_at_before_the_caller_is(byte[] body, string mediaType)
    {
        var denied = await RawHttp.SendAsync(SharedServer.Server.Http, Request(UserToken));
        var unknown = await RawHttp.SendAsync(SharedServer.Server.Http, Request(token: string.Empty));

        Assert.That(denied.Status, Is.EqualTo(403));
        Assert.That(denied.Reason, Is.EqualTo("PERMISSION_MISSING"));
        Assert.That(unknown.Status, Is.EqualTo(401));
        Assert.That(unknown.Reason, Is.EqualTo("CREDENTIAL_MISSING"));

        byte[] Request(string token) => RawHttp.Request("PATCH", "/v1/profiles/a%20b", token, body, $"Content-Type: {mediaType}");
    }

    [TestCaseSource(nameof(BadMessages))]
    public async Task A_bad_message_is_not_looked_at_before_the_caller_is(byte[] message)
    {
        var denied = await RawGrpc.CodeOf(Invoker.CallRaw("SetProfile", message, AsUser));
        var unknown = await RawGrpc.CodeOf(Invoker.CallRaw("SetProfile", message, default));

        Assert.That(denied, Is.EqualTo(StatusCode.PermissionDenied));
        Assert.That(unknown, Is.EqualTo(StatusCode.Unauthenticated));
    }

    private static V1.Access Declared(string rpc) =>
        ProfileService.Descriptor.FindMethodByName(rpc).GetOptions().GetExtension(AccessExtensions.Access);

    private static TestCaseData Body(string name, byte[] body, string mediaType = "application/json") =>
        new TestCaseData(body, mediaType).SetArgDisplayNames(name);

    private async Task CreateAlice() =>
        await Grpc.SetProfileAsync(new SetProfileRequest { UserId = "alice", Profile = new Profile { GivenName = "Alice" } }, AsServer);
}
