using System.Diagnostics;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Profiles.EndToEnd.Tests.Harness;
using Profiles.V1;

namespace Profiles.EndToEnd.Tests.Clients;

/// <summary>A gRPC client of other makers makes every call.</summary>
internal sealed class GrpcJsTests : ProfilesTest
{
    private const int InvalidArgument = 3;
    private const int NotFound = 5;
    private const int Aborted = 10;
    private const int Unauthenticated = 16;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Test]
    public async Task An_independent_client_makes_every_call()
    {
        var token = SharedServer.Mint.Mint(Organization, "alice", "profiles.read", "profiles.write");

        var seen = await RunAsync($"{SharedServer.Server.Grpc.Host}:{SharedServer.Server.Grpc.Port}", token);

        Assert.That(seen.Select(call => Text(call, "rpc")).Distinct(), Is.EquivalentTo(ProfileService.Descriptor.Methods.Select(method => method.Name)));
        Assert.That(
            seen.Select(call => call["code"]!.GetValue<int>()),
            Is.EqualTo((int[])[NotFound, 0, 0, 0, Aborted, InvalidArgument, 0, 0, 0, 0, 0, 0, 0, 0, Unauthenticated]));
        CheckOwnRecord(seen);
        CheckFailures(seen);
        CheckOthers(seen);
    }

    private static void CheckOwnRecord(JsonNode[] seen)
    {
        var (written, read, changed, changes) = (seen[1], seen[2], seen[3], seen[6]);
        Assert.That(Text(written["response"]!["profile"]!, "nickname"), Is.EqualTo("Al"));
        Assert.That(Text(written["response"]!["details"]!, "sequence"), Is.EqualTo("1"));
        Assert.That(Text(written, "etag"), Is.EqualTo($"\"{Text(written["response"]!["profile"]!, "etag")}\""));
        Assert.That(Text(read, "etag"), Is.EqualTo(Text(written, "etag")));
        Assert.That(Text(changed["response"]!["profile"]!, "revision"), Is.EqualTo("2"));
        Assert.That(Text(changed, "etag"), Is.Not.EqualTo(Text(written, "etag")));
        Assert.That(changes["response"]!["changes"]!.AsArray(), Has.Count.EqualTo(2));
        Assert.That(Text(changes["response"]!["changes"]![0]!, "type"), Is.EqualTo("PROFILE_CHANGE_TYPE_CREATED"));
    }

    private static void CheckFailures(JsonNode[] seen)
    {
        Assert.That(Status(seen[0]).Reason(), Is.EqualTo("PROFILE_NOT_FOUND"));
        Assert.That(Status(seen[4]).Reason(), Is.EqualTo("STALE_ETAG"));
        Assert.That(Status(seen[5]).ViolatedFields(), Is.EqualTo((string[])["profile.currency"]));
        Assert.That(Status(seen[5]).Message, Is.EqualTo(Text(seen[5], "message")));
        Assert.That(Status(seen[14]).Reason(), Is.EqualTo("CREDENTIAL_MISSING"));
    }

    private static void CheckOthers(JsonNode[] seen)
    {
        var (bob, batchSet, batchGet, list, changes, deleted) = (seen[8], seen[9], seen[10], seen[11], seen[12], seen[13]);
        Assert.That(bob["response"]!["profile"]!["level"]!.GetValue<int>(), Is.EqualTo(7));
        Assert.That(Text(bob["response"]!["profile"]!["attributes"]!, "tier"), Is.EqualTo("gold"));
        Assert.That(Text(batchSet["response"]!["outcomes"]![0]!["response"]!["profile"]!, "gender"), Is.EqualTo("GENDER_DIVERSE"));
        Assert.That(batchSet["response"]!["outcomes"]![1]!["error"]!["code"]!.GetValue<int>(), Is.EqualTo(InvalidArgument));
        Assert.That(batchGet["response"]!["profiles"]!.AsArray().Select(profile => Text(profile!, "userId")), Is.EqualTo((string[])["bob", "carol"]));
        Assert.That(Text(batchGet["response"]!["missingUserIds"]!.AsArray()[0]!), Is.EqualTo("nobody"));
        Assert.That(list["response"]!["profiles"]!.AsArray(), Has.Count.EqualTo(2));
        Assert.That(Text(list["response"]!, "nextPageToken"), Is.Not.Empty);
        Assert.That(changes["response"]!["changes"]!.AsArray(), Has.Count.EqualTo(1));
        Assert.That(Text(deleted["response"]!["details"]!, "sequence"), Is.EqualTo("2"));
    }

    private static string Text(JsonNode node, string name) => Text(node[name]!);

    private static string Text(JsonNode value) => value.GetValue<string>();

    private static Rpc.Status Status(JsonNode call) => Rpc.Status.Parser.ParseFrom(ByteString.FromBase64(Text(call, "details")));

    private static async Task<JsonNode[]> RunAsync(string address, string token)
    {
        var script = Path.Combine("tests", "Profiles.EndToEnd.Tests", "Clients", "grpc-js-client.cjs");
        using var node = Process.Start(new ProcessStartInfo("node", [script, address, token])
        {
            WorkingDirectory = ServerProgram.Top,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        var (output, error) = (node.StandardOutput.ReadToEndAsync(), node.StandardError.ReadToEndAsync());
        await node.WaitForExitAsync().WaitAsync(Patience);

        Assert.That(node.ExitCode, Is.Zero, await error);
        return JsonNode.Parse(await output)!.AsArray().Select(call => call!).ToArray();
    }
}
