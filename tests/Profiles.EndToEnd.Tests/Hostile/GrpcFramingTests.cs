using System.IO.Compression;
using System.Net.Sockets;
using System.Text;
using Google.Protobuf;
using Grpc.Core;
using Profiles.EndToEnd.Tests.Harness;
using Profiles.V1;

namespace Profiles.EndToEnd.Tests.Hostile;

/// <summary>
/// What is wrong below the messages of gRPC, with and without a token, is told as what it is, with a reason. That the server's log has no
/// error for it is checked at the end of all tests.
/// </summary>
internal sealed class GrpcFramingTests : ProfilesTest
{
    private const string Update = "/profiles.v1.ProfileService/UpdateMyProfile";
    private const string Health = "/grpc.health.v1.Health/Check";
    private const string Reflection = "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo";
    private const uint FiveMebibytes = 5 * 1024 * 1024;

    private static readonly byte[] Change =
        RawHttp2.Frame(new UpdateMyProfileRequest { Profile = new Profile { Nickname = "Al" } }.ToByteArray());

    private static readonly (string, string) Gzip = ("grpc-encoding", "gzip");
    private static readonly (string, string) Deflate = ("grpc-encoding", "deflate");

    public static IEnumerable<TestCaseData> Bodies()
    {
        yield return Case("nothing", StatusCode.Internal, "BODY_INVALID", []);
        yield return Case("half a head", StatusCode.Internal, "BODY_INVALID", [0, 0]);
        yield return Case("half a message", StatusCode.Internal, "BODY_INVALID", RawHttp2.Frame([0x0a], length: 10));
        yield return Case("two messages", StatusCode.Internal, "BODY_INVALID", [.. Change, .. Change]);
        yield return Case("bytes after the message", StatusCode.Internal, "BODY_INVALID", [.. Change, 1]);
        yield return Case("the flag 2", StatusCode.Internal, "BODY_INVALID", RawHttp2.Frame([], flag: 2));
        yield return Case("the flag 255", StatusCode.Internal, "BODY_INVALID", RawHttp2.Frame([], flag: 255));
        yield return Case("the flag 2 after a message", StatusCode.Internal, "BODY_INVALID", [.. Change, .. RawHttp2.Frame([], flag: 2)]);
        yield return Case("JSON", StatusCode.Internal, "BODY_INVALID", "{\"profile\":{}}"u8.ToArray());
        yield return Case("5 MiB announced", StatusCode.ResourceExhausted, "BODY_TOO_LARGE", RawHttp2.Frame([], length: FiveMebibytes));
        yield return Case("2 GiB announced", StatusCode.ResourceExhausted, "BODY_TOO_LARGE", RawHttp2.Frame([], length: 0x8000_0000));
        yield return Case("4 GiB announced", StatusCode.ResourceExhausted, "BODY_TOO_LARGE", RawHttp2.Frame([], length: uint.MaxValue));
        yield return Case("compressed in no format", StatusCode.Internal, "BODY_INVALID", RawHttp2.Frame([1], flag: 1));
        yield return Case("compressed as identity", StatusCode.Internal, "BODY_INVALID", RawHttp2.Frame([1], flag: 1), ("grpc-encoding", "identity"));
        yield return Case("an unknown format", StatusCode.Unimplemented, "MEDIA_TYPE_UNSUPPORTED", RawHttp2.Frame([1], flag: 1), ("grpc-encoding", "br"));
        yield return Case("no gzip", StatusCode.Internal, "BODY_INVALID", RawHttp2.Frame("no gzip"u8.ToArray(), flag: 1), Gzip);
        yield return Case("no deflate", StatusCode.Internal, "BODY_INVALID", RawHttp2.Frame("nothing"u8.ToArray(), flag: 1), Deflate);
        yield return Case("100 MB in little gzip", StatusCode.ResourceExhausted, "BODY_TOO_LARGE", RawHttp2.Frame(Zeros(100_000_000), flag: 1), Gzip);
    }

    [TestCaseSource(nameof(Bodies))]
    public async Task A_body_that_is_no_call_is_refused_with_a_reason(byte[] body, StatusCode code, string reason, (string, string)[] headers)
    {
        var status = await RawHttp2.PostAsync(SharedServer.Server.Grpc, Update, UserToken, body, headers);

        Assert.That((status.Code, status.Reason), Is.EqualTo(((int)code, reason)), status.Message);
        Assert.That(status.Message, Is.Not.Empty.And.Not.Contain("Exception"));
        Assert.That((await RestAsync("GET", MyProfile, UserToken)).Status, Is.EqualTo(404));
    }

    // Their services have methods that take more.
    [TestCase("/profiles.v1.UsernameService/CheckUsername")]
    [TestCase("/profiles.v1.UsernameService/AllowUsernames")]
    [TestCase("/profiles.v1.PictureService/GetPicture")]
    [TestCase("/m2.v1.ProfileService/GetProfile")]
    [TestCase("/m2.v1.DenylistService/DeleteDeniedUsernames")]
    public async Task A_method_takes_no_more_than_it_needs_packed_or_not(string path)
    {
        var message = new CheckUsernameRequest { Username = new string('a', (int)FiveMebibytes) }.ToByteArray();
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            await gzip.WriteAsync(message);
        var token = SharedServer.Mint.Mint(Organization, "alice", "usernames.write", "profiles.read");

        var plain = await RawHttp2.PostAsync(SharedServer.Server.Grpc, path, token, RawHttp2.Frame(message));
        var unpacked = await RawHttp2.PostAsync(SharedServer.Server.Grpc, path, token, RawHttp2.Frame(packed.ToArray(), flag: 1), Gzip);

        Assert.That((plain.Code, plain.Reason), Is.EqualTo(((int)StatusCode.ResourceExhausted, "BODY_TOO_LARGE")), plain.Message);
        Assert.That((unpacked.Code, unpacked.Reason), Is.EqualTo(((int)StatusCode.ResourceExhausted, "BODY_TOO_LARGE")), unpacked.Message);
    }

    [TestCase(Health, 2, StatusCode.Internal)]
    [TestCase(Reflection, 255, StatusCode.Internal)]
    public async Task Strangers_cause_no_fault_either(string path, byte flag, StatusCode code)
    {
        var status = await RawHttp2.PostAsync(SharedServer.Server.Grpc, path, token: "", RawHttp2.Frame([], flag));

        Assert.That((status.Code, status.Reason), Is.EqualTo(((int)code, "BODY_INVALID")));
    }

    [TestCase("application/grpc-web", 2, 0u, StatusCode.Internal, "BODY_INVALID")]
    [TestCase("application/grpc-web+proto", 0, uint.MaxValue, StatusCode.ResourceExhausted, "BODY_TOO_LARGE")]
    [TestCase("application/grpc-web-text", 0, 0u, StatusCode.InvalidArgument, "BODY_INVALID")]
    public async Task The_same_holds_for_browsers(string type, byte flag, uint length, StatusCode code, string reason)
    {
        var status = await RawHttp2.PostAsync(
            SharedServer.Server.Http, Update, UserToken, RawHttp2.Frame([], flag, length), ("content-type", type));

        Assert.That((status.Code, status.Reason), Is.EqualTo(((int)code, reason)), status.Message);
    }

    [Test]
    public async Task A_large_body_of_a_browser_is_refused_before_it_comes()
    {
        var head = RawHttp.Head("POST", Update, UserToken, "Content-Type: application/grpc-web", $"Content-Length: {FiveMebibytes}");

        var answer = await RawHttp.SendAsync(SharedServer.Server.Http, Encoding.ASCII.GetBytes(head));

        Assert.That(answer.Headers["Grpc-Status"], Is.EqualTo("8"));
    }

    [Test]
    public async Task A_body_that_breaks_http_is_refused_with_a_reason()
    {
        var head = RawHttp.Head("POST", Update, UserToken, "Content-Type: application/grpc-web", "Transfer-Encoding: chunked");

        var answer = await RawHttp.SendAsync(SharedServer.Server.Http, Encoding.ASCII.GetBytes($"{head}zz\r\n"));

        Assert.That(answer.Headers["Grpc-Status"], Is.EqualTo("13"));
        Assert.That(answer.Headers["Grpc-Message"], Does.Contain("malformed"));
    }

    [Test]
    public async Task A_client_that_goes_away_while_it_sends_is_no_error()
    {
        var head = RawHttp.Head("POST", Update, UserToken, "Content-Type: application/grpc-web", "Content-Length: 100");
        using (var client = new TcpClient())
        {
            client.LingerState = new LingerOption(enable: true, seconds: 0);
            await client.ConnectAsync(SharedServer.Server.Http.Host, SharedServer.Server.Http.Port);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"{head}Al"));
        }

        Assert.That((await RestAsync("GET", MyProfile, UserToken)).Status, Is.EqualTo(404));
    }

    [TestCase("/profiles.v1.ProfileService/DropProfiles", "application/grpc", StatusCode.Unimplemented, "PATH_NOT_FOUND")]
    [TestCase("/profiles.v2.ProfileService/GetProfile", "application/grpc", StatusCode.Unimplemented, "PATH_NOT_FOUND")]
    [TestCase(Update, "application/json", StatusCode.Internal, "MEDIA_TYPE_UNSUPPORTED")]
    [TestCase(Update, "text/plain", StatusCode.Internal, "MEDIA_TYPE_UNSUPPORTED")]
    public async Task What_the_server_does_not_know_has_a_reason(string path, string type, StatusCode code, string reason)
    {
        var status = await RawHttp2.PostAsync(SharedServer.Server.Grpc, path, UserToken, Change, ("content-type", type));

        Assert.That((status.Code, status.Reason), Is.EqualTo(((int)code, reason)));
    }

    [TestCase("x-trace-bin", "%%%")]
    [TestCase("x-trace-bin", "abcde")]
    [TestCase("x-trace-bin", "AAAA, BBBB")]
    [TestCase("x-trace-bin", "")]
    [TestCase("x-trace-bin", "AAE")]
    [TestCase("x!trace|~", "1")]
    [TestCase("x-trace", "")]
    public async Task A_header_that_cannot_be_metadata_does_not_matter(string name, string value)
    {
        var overGrpc = await RawHttp2.PostAsync(SharedServer.Server.Grpc, Update, UserToken, Change, (name, value));
        var ofBrowser = await RawHttp2.PostAsync(
            SharedServer.Server.Http, Update, UserToken, Change, (name, value), ("content-type", "application/grpc-web"));

        Assert.That((overGrpc.Code, overGrpc.Message), Is.EqualTo((0, "")));
        Assert.That((ofBrowser.HttpStatus, ofBrowser.Message), Is.EqualTo((200, "")));
    }

    [Test]
    public async Task Messages_in_gzip_and_deflate_are_read()
    {
        byte[] message = new UpdateMyProfileRequest { Profile = new Profile { Nickname = "Al" } }.ToByteArray();
        var gzip = await RawHttp2.PostAsync(
            SharedServer.Server.Grpc, Update, UserToken, RawHttp2.Frame(Compress(message, to => new GZipStream(to, CompressionLevel.Fastest)), flag: 1), Gzip);
        var deflate = await RawHttp2.PostAsync(
            SharedServer.Server.Grpc, Update, UserToken, RawHttp2.Frame(Compress(message, to => new ZLibStream(to, CompressionLevel.Fastest)), flag: 1), Deflate);

        Assert.That((gzip.Code, deflate.Code), Is.EqualTo((0, 0)));
        Assert.That((await RestAsync("GET", MyProfile, UserToken)).Json!["nickname"]!.GetValue<string>(), Is.EqualTo("Al"));
    }

    private static byte[] Zeros(int count) => Compress(new byte[count], to => new GZipStream(to, CompressionLevel.Fastest));

    private static byte[] Compress(byte[] bytes, Func<Stream, Stream> format)
    {
        using var compressed = new MemoryStream();
        using (var stream = format(compressed))
            stream.Write(bytes);
        return compressed.ToArray();
    }

    private static TestCaseData Case(string name, StatusCode code, string reason, byte[] body, params (string, string)[] headers) =>
        new TestCaseData(body, code, reason, headers).SetArgDisplayNames(name);
}
