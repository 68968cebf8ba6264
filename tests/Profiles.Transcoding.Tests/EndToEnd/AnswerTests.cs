using System.Net;
using System.Text;
using Profiles.Transcoding.Tests.Support;

namespace Profiles.Transcoding.Tests.EndToEnd;

public class AnswerTests
{
    private TestApp _app = null!;

    [OneTimeSetUp]
    public async Task Start() => _app = await TestApp.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await _app.DisposeAsync();

    [TestCase("GET", "/v1/books/a%2Fb", null, 200, """{"bookId":"a/b"}""")]
    [TestCase("PATCH", "/v1/books/a", """{"title":"x"}""", 200, """{"book":{"bookId":"a","title":"x"},"hasMask":true,"paths":["title"]}""")]
    [TestCase("PUT", "/v1/books/a", """{"title":"x"}""", 200, """{"book":{"bookId":"a","title":"x"},"hasMask":true,"paths":["*"]}""")]
    [TestCase("POST", "/v1/books", """{"bookId":"a"}""", 200, """{"bookId":"a"}""")]
    [TestCase("DELETE", "/v1/books/a", null, 200, "{}")]
    [TestCase("REPORT", "/v1/books/a", null, 200, """{"bookId":"a","title":"reported"}""")]
    [TestCase("POST", "/v1/books/a:archive", """{"reason":"old"}""", 200, """{"bookId":"a","reason":"old"}""")]
    [TestCase("POST", "/v1/books:batchGet", """{"ids":["old"]}""", 200, """{"request":{"ids":["old"]}}""")]
    [TestCase("GET", "/v1/nothing", null, 404, """{"code":5,"message":"There is nothing at this path."}""")]
    [TestCase("POST", "/v1/books/a", null, 405, """{"code":12,"message":"This path does not know the method; it knows DELETE, GET, HEAD, PATCH, PUT, REPORT."}""")]
    public async Task Answers(string method, string path, string? body, int status, string expected)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await _app.Http.SendAsync(request);
        Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo(expected));
        Assert.That(response.StatusCode, Is.EqualTo((HttpStatusCode)status));
    }
}
