using System.Text;
using System.Text.RegularExpressions;
using Profiles.EndToEnd.Tests.Harness;
using Profiles.V1;

namespace Profiles.EndToEnd.Tests.Hostile;

/// <summary>Whatever arrives over REST, the answer is the client's fault in clear words, and nothing is written.</summary>
internal sealed partial class RestInputTests : ProfilesTest
{
    private const string Alice = "/v1/profiles/alice";

    [TestCaseSource(typeof(HostileRequests), nameof(HostileRequests.Answered))]
    public async Task A_hostile_request_is_refused_in_the_form_of_all_errors(Func<string, byte[]> make, int status)
    {
        var answer = await SendAsync(make(ServerToken));

        Assert.That(answer.Status, Is.EqualTo(status), answer.Body);
        Assert.That(answer.Headers["Content-Type"], Is.EqualTo("application/json"));
        Assert.That(answer.Json!["code"]!.GetValue<int>(), Is.InRange(1, 16));
        Assert.That(answer.Json["message"]!.GetValue<string>(), Is.Not.Empty);
        Assert.That(answer.Body, Has.Length.LessThan(4096));
        Assert.That(answer.Body, Does.Not.Match(Internal()));
        Assert.That(answer.Headers.ContainsKey("Allow"), Is.EqualTo(status == 405));
        Assert.That(answer.Headers.ContainsKey("X-Injected"), Is.False);
        await NothingIsWritten();
    }

    [TestCaseSource(typeof(HostileRequests), nameof(HostileRequests.Unanswered))]
    public async Task What_is_no_request_is_refused_without_a_body(Func<string, byte[]> make, int status)
    {
        var answer = await SendAsync(make(ServerToken));

        Assert.That(answer.Status, Is.EqualTo(status));
        Assert.That(answer.Body, Is.Empty);
        await NothingIsWritten();
    }

    [TestCase("Content-Length: 1000", """{"nickname":"Al"}""", TestName = "A_body_shorter_than_its_length_is_not_written")]
    [TestCase("Transfer-Encoding: chunked", "11\r\n{\"nickname\":\"Al\"}\r\n", TestName = "A_body_without_its_last_chunk_is_not_written")]
    [TestCase("Transfer-Encoding: chunked", "1100\r\n{\"nickname\":\"Al\"}", TestName = "A_body_with_half_a_chunk_is_not_written")]
    public async Task A_truncated_body_is_not_written(string framing, string body)
    {
        var head = RawHttp.Head("PATCH", Alice, ServerToken, "Content-Type: application/json", framing);

        var answer = await RawHttp.SendAsync(SharedServer.Server.Http, Encoding.UTF8.GetBytes(head + body), endsSending: true);

        Assert.That(answer.Status, Is.AnyOf(0, 400));
        await NothingIsWritten();
    }

    [Test]
    public async Task Of_length_and_chunks_the_chunks_count_and_no_second_request_is_smuggled_in()
    {
        var head = RawHttp.Head("PATCH", Alice, ServerToken, "Content-Type: application/json", "Content-Length: 5", "Transfer-Encoding: chunked");
        var second = Encoding.UTF8.GetString(RawHttp.Request("PATCH", "/v1/profiles/bob", ServerToken, "{}"u8.ToArray()));

        var answer = await SendAsync(Encoding.UTF8.GetBytes($"{head}0\r\n\r\n{second}"));

        Assert.That(answer.Status, Is.EqualTo(400));
        await NothingIsWritten();
    }

    [TestCase(Alice, "DELETE, GET, HEAD, PATCH, PUT")]
    [TestCase("/v1/users/me/profile", "GET, HEAD, PATCH, PUT")]
    [TestCase("/v1/profiles", "GET, HEAD")]
    [TestCase("/v1/profiles:batchSet", "POST")]
    public async Task Allow_names_the_methods_of_a_path(string path, string methods)
    {
        var answer = await SendAsync(Encoding.UTF8.GetBytes(RawHttp.Head("OPTIONS", path, ServerToken)));

        Assert.That(answer.Status, Is.EqualTo(405));
        Assert.That(answer.Headers["Allow"], Is.EqualTo(methods));
    }

    [Test]
    public async Task Head_answers_like_get_without_the_body()
    {
        var missing = await SendAsync(Encoding.UTF8.GetBytes(RawHttp.Head("HEAD", Alice, ServerToken)));
        await RestAsync("PUT", Alice, ServerToken, """{"nickname":"Al"}""");
        var get = await SendAsync(Encoding.UTF8.GetBytes(RawHttp.Head("GET", Alice, ServerToken)));
        var head = await SendAsync(Encoding.UTF8.GetBytes(RawHttp.Head("HEAD", Alice, ServerToken)));

        Assert.That(missing, Has.Property("Status").EqualTo(404).And.Property("Body").Empty);
        Assert.That(head, Has.Property("Status").EqualTo(200).And.Property("Body").Empty);
        Assert.That(head.Headers["ETag"], Is.EqualTo(get.Headers["ETag"]));
        Assert.That(head.Headers["Content-Length"], Is.EqualTo(get.Headers["Content-Length"]));
    }

    [TestCase("/v1/profiles/./alice")]
    [TestCase("/v1/nonsense/../profiles/alice")]
    [TestCase("/v1/profiles/%61lice")]
    [TestCase("/v1/%70rofiles/alice")]
    [TestCase("http://elsewhere.example/v1/profiles/alice")]
    public async Task Another_spelling_of_a_path_is_the_same_path(string target)
    {
        await RestAsync("PUT", Alice, ServerToken, """{"nickname":"Al"}""");

        var answer = await SendAsync(Encoding.UTF8.GetBytes(RawHttp.Head("GET", target, ServerToken).Replace(
            "Host: profiles", target.StartsWith("http", StringComparison.Ordinal) ? "Host: elsewhere.example" : "Host: profiles", StringComparison.Ordinal)));

        Assert.That(answer.Status, Is.EqualTo(200), answer.Body);
        Assert.That(answer.Json!["userId"]!.GetValue<string>(), Is.EqualTo("alice"));
    }

    [GeneratedRegex(@"\n\s+at |Exception|System\.|Microsoft|Npgsql|Google\.Protobuf|Profiles\.|\.cs\b|/tmp|/home|postgres", RegexOptions.None, 1000)]
    private static partial Regex Internal();

    private static Task<RawAnswer> SendAsync(byte[] request) => RawHttp.SendAsync(SharedServer.Server.Http, request);

    private async Task NothingIsWritten()
    {
        var list = await Grpc.ListProfilesAsync(new ListProfilesRequest(), AsServer);
        Assert.That(list.Profiles, Is.Empty);
        var health = await RestAsync("GET", Alice, ServerToken);
        Assert.That(health.Status, Is.EqualTo(404));
    }
}
