using System.Globalization;
using System.Net;
using System.Text;
using Google.Protobuf;
using Grpc.Core;
using Profiles.Wire.Tests.V1;

namespace Profiles.Wire.Tests.GrpcWeb;

/// <summary>gRPC-Web byte by byte, as gRPC's PROTOCOL-WEB.md describes it.</summary>
public class GrpcWebTests
{
    private const string Whole = "/wire.tests.v1.ComplianceService/EchoWhole";
    private const string Stream = "/wire.tests.v1.ComplianceService/EchoStream";
    private const string FailPath = "/wire.tests.v1.ComplianceService/Fail";
    private const string Binary = "application/grpc-web+proto";
    private const string Text = "application/grpc-web-text";

    private static readonly EchoRequest request = new() { Name = "cut\u00e4\u20ac", Data = new Data { Flag = true } };

    private WireApp? app;

    [OneTimeSetUp]
    public async Task Start() => app = await WireApp.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await app!.DisposeAsync();

    [Test]
    public async Task A_request_may_come_in_pieces([Values(Binary, Text)] string type)
    {
        var body = Encode(type, RawCall.Frame(request.ToByteArray()));
        for (var cut = 0; cut <= body.Length; cut++)
        {
            var answer = await RawCall.SendAsync(app!.Http, Whole, type, body[..cut], body[cut..]);
            AssertEchoed(type, answer, cut);
        }
    }

    [Test]
    public async Task A_request_may_come_byte_by_byte([Values(Binary, Text)] string type)
    {
        var body = Encode(type, RawCall.Frame(request.ToByteArray()));
        AssertEchoed(type, await RawCall.SendAsync(app!.Http, Whole, type, [.. body.Select(each => new[] { each })]), 0);
    }

    [Test]
    public async Task A_text_may_be_several_padded_pieces()
    {
        var frame = RawCall.Frame(request.ToByteArray());
        for (var cut = 0; cut <= frame.Length; cut++)
        {
            byte[] body = [.. Encode(Text, frame[..cut]), .. Encode(Text, frame[cut..])];
            AssertEchoed(Text, await RawCall.SendAsync(app!.Http, Whole, Text, body), cut);
        }
    }

    [Test]
    public async Task A_text_longer_than_any_buffer_is_read()
    {
        var large = new EchoRequest { Name = new string('x', 100_000) };
        var answer = await RawCall.SendAsync(app!.Http, Whole, Text, Encode(Text, RawCall.Frame(large.ToByteArray())));
        Assert.That(Messages(Text, answer).Single().Request, Is.EqualTo(large));
    }

    [TestCase(Binary, Binary)]
    [TestCase("application/grpc-web", Binary)]
    [TestCase("Application/gRPC-Web+Proto", Binary)]
    [TestCase(Text, "application/grpc-web-text+proto")]
    [TestCase("application/grpc-web-text+proto", "application/grpc-web-text+proto")]
    public async Task The_answer_is_of_the_request_s_type(string type, string expected)
    {
        var answer = await RawCall.SendAsync(app!.Http, Whole, type, Encode(type, RawCall.Frame(request.ToByteArray())));
        Assert.That(answer.Status, Is.EqualTo(200));
        Assert.That(answer.Headers["content-type"], Is.EqualTo(expected));
    }

    [Test]
    public async Task Every_message_of_a_stream_is_sent_by_itself([Values(Binary, Text)] string type)
    {
        var call = new StreamRequest { Request = request, Times = 3 };
        var answer = await RawCall.SendAsync(app!.Http, Stream, type, Encode(type, RawCall.Frame(call.ToByteArray())));
        Assert.That(answer.Chunks, Has.Count.EqualTo(4));
        foreach (var chunk in answer.Chunks.Take(3))
            Assert.That(Frames(Decode(type, chunk)).Single().Flag, Is.Zero);
        Assert.That(Frames(Decode(type, answer.Chunks[3])).Single().Flag, Is.EqualTo(0x80));
    }

    [Test]
    public async Task Trailers_come_in_the_last_frame([Values(Binary, Text)] string type)
    {
        var call = new StreamRequest { Request = request, Times = 1, Failure = new FailRequest { Code = 15, Message = "half of it" } };
        var answer = await RawCall.SendAsync(app!.Http, Stream, type, Encode(type, RawCall.Frame(call.ToByteArray())));
        var last = Frames(Decode(type, answer.Body)).Last();
        Assert.That(last.Flag, Is.EqualTo(0x80));
        var lines = Encoding.ASCII.GetString(last.Payload).Split("\r\n");
        Assert.That(lines, Does.Contain("grpc-status: 15").And.Contain("grpc-message: half of it").And.Contain("x-failure: told"));
        Assert.That(lines[^1], Is.Empty, "each line has its end");
        Assert.That(answer.Headers, Does.Not.ContainKey("grpc-status"));
    }

    [Test]
    public async Task An_answer_without_messages_has_its_status_in_headers([Values(Binary, Text)] string type)
    {
        var failure = new FailRequest { Code = 5, Message = "gone" };
        var answer = await RawCall.SendAsync(app!.Http, FailPath, type, Encode(type, RawCall.Frame(failure.ToByteArray())));
        Assert.That((answer.Status, answer.Headers["grpc-status"], answer.Headers["grpc-message"]), Is.EqualTo((200, "5", "gone")));
        Assert.That(answer.Headers["content-type"], Does.StartWith(type));
        Assert.That(answer.Body, Is.Empty);
    }

    [TestCase(Binary, "", StatusCode.Internal, Description = "no message at all")]
    [TestCase(Binary, "0000000005", StatusCode.Internal, Description = "a frame without its message")]
    [TestCase(Binary, "000000000a0a03", StatusCode.Internal, Description = "a frame that ends early")]
    [TestCase(Binary, "0000", StatusCode.Internal, Description = "a frame that has not even its length")]
    [TestCase(Binary, "00ffffffff", StatusCode.Unknown, Description = "4 GiB are announced: the code of the server behind, as over gRPC")]
    [TestCase(Binary, "0000500000", StatusCode.ResourceExhausted, Description = "5 MiB are announced")]
    [TestCase(Binary, "0100000000", StatusCode.Internal, Description = "compressed, yet the header does not say how")]
    [TestCase(Binary, "0000000001ff", StatusCode.Unknown, Description = "no message of this type: the code of the server behind")]
    [TestCase(Text, "*", StatusCode.InvalidArgument, Description = "no base64")]
    [TestCase(Text, "AAAAAA", StatusCode.InvalidArgument, Description = "base64 that ends early")]
    [TestCase(Text, "A===", StatusCode.InvalidArgument, Description = "too much padding")]
    [TestCase(Text, "AAA=A", StatusCode.InvalidArgument, Description = "a padded piece, then an unfinished one")]
    public async Task A_malformed_body_is_an_error_of_gRPC(string type, string body, StatusCode expected)
    {
        var bytes = type == Text ? Encoding.ASCII.GetBytes(body) : Convert.FromHexString(body);
        var answer = await RawCall.SendAsync(app!.Http, Whole, type, bytes);
        Assert.That(answer.Status, Is.EqualTo(200));
        Assert.That((StatusCode)int.Parse(answer.Headers["grpc-status"], CultureInfo.InvariantCulture), Is.EqualTo(expected));
    }

    [Test]
    public async Task An_unknown_method_is_unimplemented()
    {
        var answer = await RawCall.SendAsync(app!.Http, "/wire.tests.v1.ComplianceService/Nothing", Binary, RawCall.Frame([]));
        Assert.That((answer.Status, answer.Headers["grpc-status"]), Is.EqualTo((200, "12")));
    }

    [Test]
    public async Task What_does_not_answer_in_gRPC_is_left_as_it_is(
        [Values(Binary, Text)] string type, [Values("/nowhere", "/compliance/whole", "/plain")] string path)
    {
        app!.Errors.Take();
        var answer = await RawCall.SendAsync(app.Http, path, type, Encode(type, RawCall.Frame([])));

        Assert.That((answer.Status, Encoding.UTF8.GetString(answer.Body)), Is.EqualTo(path switch
        {
            "/nowhere" => (404, """{"code":5,"message":"There is nothing at this path."}"""),
            "/plain" => (200, "plain"),
            _ => (415, """{"code":3,"message":"The request body must be application/json or a form in UTF-8, without content encoding."}"""),
        }));
        Assert.That(app.Errors.Take(), Is.Empty);
    }

    [TestCase("GET", Binary)]
    [TestCase("PUT", Binary)]
    [TestCase("POST", "application/grpc-webx")]
    [TestCase("POST", "text/plain; application/grpc-web")]
    public async Task Other_requests_are_not_touched(string method, string type)
    {
        using var call = new HttpRequestMessage(new HttpMethod(method), new Uri(app!.Http, Whole));
        call.Content = new ByteArrayContent(RawCall.Frame([]));
        call.Content.Headers.TryAddWithoutValidation("content-type", type);
        using var http = new HttpClient();
        using var response = await http.SendAsync(call);
        Assert.That(response.StatusCode, Is.Not.EqualTo(HttpStatusCode.OK));
        Assert.That(response.Content.Headers.ContentType?.MediaType ?? "", Does.Not.StartWith("application/grpc-web"));
    }

    [Test]
    public async Task The_answer_is_text_when_that_is_what_is_accepted()
    {
        using var http = new HttpClient();
        using var call = new HttpRequestMessage(HttpMethod.Post, new Uri(app!.Http, Whole)) { Content = new ByteArrayContent(RawCall.Frame([])) };
        call.Content.Headers.TryAddWithoutValidation("content-type", Binary);
        call.Headers.TryAddWithoutValidation("accept", "application/json, application/grpc-web-text");
        using var response = await http.SendAsync(call);
        Assert.That(response.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/grpc-web-text+proto"));
        Assert.That(Frames(Decode(Text, await response.Content.ReadAsByteArrayAsync())).Select(frame => frame.Flag), Is.EqualTo(new byte[] { 0, 0x80 }));
    }

    private static void AssertEchoed(string type, RawAnswer answer, int cut)
    {
        Assert.That(answer.Headers, Does.Not.ContainKey("grpc-status"), $"cut at {cut}");
        Assert.That(Messages(type, answer).Single().Request, Is.EqualTo(request), $"cut at {cut}");
    }

    private static IEnumerable<EchoResponse> Messages(string type, RawAnswer answer) =>
        Frames(Decode(type, answer.Body)).Where(frame => frame.Flag == 0).Select(frame => EchoResponse.Parser.ParseFrom(frame.Payload));

    private static IEnumerable<(byte Flag, byte[] Payload)> Frames(byte[] body)
    {
        for (var start = 0; start < body.Length;)
        {
            var length = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(body.AsSpan(start + 1));
            yield return (body[start], body[(start + 5)..(start + 5 + length)]);
            start += 5 + length;
        }
    }

    private static byte[] Encode(string type, byte[] body) => IsText(type) ? Encoding.ASCII.GetBytes(Convert.ToBase64String(body)) : body;

    private static byte[] Decode(string type, byte[] body) =>
        IsText(type) ? [.. body.Chunk(4).SelectMany(group => Convert.FromBase64String(Encoding.ASCII.GetString(group)))] : body;

    private static bool IsText(string type) => type.Contains("text", StringComparison.OrdinalIgnoreCase);
}
