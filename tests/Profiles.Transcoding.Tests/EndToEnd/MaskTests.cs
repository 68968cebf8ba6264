using System.Text;
using Microsoft.AspNetCore.Builder;
using Profiles.Transcoding.Tests.Services;
using Profiles.Transcoding.Tests.Support;

namespace Profiles.Transcoding.Tests.EndToEnd;

/// <summary>The field mask of a request that is all body: what it is about, and what follows from the keys.</summary>
public class MaskTests : AppFixture
{
    private const string NoBook = "book: must be in the request body.";

    private protected override Task<TestApp> StartAsync() => TestApp.StartAsync(map: app => app.MapGrpcService<MaskService>());

    [TestCase("""{"book":{"title":"x"}}""", "title", """{"title":"x"}""")]
    [TestCase("""{"book":{"title":null},"allowMissing":true,"labels":{"a":"b"},"bookShelf":"s"}""", "title", "{}", Description = "what is beside it gives no path")]
    [TestCase("""{"book":{"author":{"givenName":"x","mentor":{}},"attributes":{"a.b":"1","gone":null}}}""", "author.given_name,author.mentor,attributes.`a.b`,attributes.gone", """{"author":{"givenName":"x","mentor":{}},"attributes":{"a.b":"1"}}""")]
    [TestCase("""{"book":{"attributes":{},"contributors":{"a":{"givenName":null}}}}""", "contributors.a", """{"contributors":{"a":{}}}""")]
    [TestCase("""{"book":{"pageCount":null,"extra":{"a":null},"publishTime":null,"tags":[]}}""", "page_count,extra,publish_time,tags", """{"extra":{"a":null}}""")]
    [TestCase("""{"book":{}}""", "", "{}", Description = "nothing is to change")]
    [TestCase("""{"updateMask":null,"book":{"title":"x"}}""", "title", """{"title":"x"}""", Description = "null is no mask")]
    [TestCase("""{"updateMask":"tags","book":{"title":"x"}}""", "tags", """{"title":"x"}""", Description = "a mask that is sent wins")]
    [TestCase("""{"book":{"title":"x"},"update_mask":"tags,author.givenName"}""", "tags,author.given_name", """{"title":"x"}""", Description = "behind the message as well")]
    [TestCase("""{"book":{"title":"x"},"updateMask":""}""", "", """{"title":"x"}""", Description = "an empty mask is one")]
    [TestCase("""{"updateMask":"*"}""", "*", null)]
    [TestCase("""{"book":{"attributes":{"gone":null}},"updateMask":"attributes.gone"}""", "attributes.gone", "{}")]
    public Task The_keys_of_the_only_message(string body, string mask, string? book) => ExpectAsync("PATCH", "/v1/masks/book", body, mask, book);

    [TestCase("PATCH", """{"book":{"title":"x"}}""", "title", """{"bookId":"1","title":"x"}""", Description = "the path gives no path")]
    [TestCase("PUT", """{"book":{"title":"x"}}""", "*", """{"bookId":"1","title":"x"}""")]
    [TestCase("PUT", """{"book":{}}""", "*", """{"bookId":"1"}""")]
    [TestCase("PUT", """{"book":{"title":"x"},"updateMask":"title"}""", "title", """{"bookId":"1","title":"x"}""")]
    public Task A_path_beside_it(string method, string body, string mask, string book) => ExpectAsync(method, "/v1/masks/book/1", body, mask, book);

    [TestCase("POST", "/v1/masks/book", """{"book":{"title":"x"}}""", Description = "others infer nothing")]
    [TestCase("PATCH", "/v1/masks/either", """{"book":{"title":"x"}}""", Description = "there are two messages")]
    [TestCase("PUT", "/v1/masks/either", """{"book":{"title":"x"}}""")]
    [TestCase("PATCH", "/v1/masks/two", """{"book":{"title":"x"}}""", Description = "there are two masks")]
    public Task No_telling(string method, string path, string body) => ExpectAsync(method, path, body, null, """{"title":"x"}""");

    [TestCase("PUT", """{"book":{"title":"x","tags":null},"author":{"givenName":"y"},"note":"z"}""", "title,tags")]
    [TestCase("POST", """{"author":{"givenName":"y"},"book":{"title":"x"}}""", "title")]
    public Task The_method_names_it(string method, string body, string mask) => ExpectAsync(method, "/v1/masks/named", body, mask, """{"title":"x"}""");

    [Test]
    public Task The_method_names_the_request() => ExpectAsync(
        "PATCH",
        "/v1/masks/whole/1",
        """{"book":{"title":"x"},"author":{},"note":null,"updateMask":null}""",
        "book.title,author,note",
        """{"bookId":"1","title":"x"}""");

    [TestCase("""{"name":"x","rating":0,"tags":["a"]}""", "name,rating,tags", """{"id":"1","name":"x","rating":0,"tags":["a"]}""")]
    [TestCase("""{"name":null,"rating":null,"tags":null,"attributes":null,"nickname":null,"extra":null,"packed":null,"data":null}""", "name,rating,tags,attributes,nickname,extra,packed,data", """{"id":"1"}""")]
    [TestCase("""{"attributes":{"k":"v","gone":null},"nickname":"","extra":{"a":{"b":1}},"anything":null}""", "attributes.k,attributes.gone,nickname,extra,anything", """{"id":"1","attributes":{"k":"v"},"nickname":"","extra":{"a":{"b":1}},"anything":null}""")]
    [TestCase("""{"packed":{"@type":"type.googleapis.com/transcoding.tests.v1.Author","givenName":"x"}}""", "packed", """{"id":"1","packed":{"@type":"type.googleapis.com/transcoding.tests.v1.Author","givenName":"x"}}""")]
    [TestCase("""{"left":null,"right":"r"}""", "left,right", """{"id":"1","right":"r"}""")]
    [TestCase("""{"fieldMask":null,"name":"x"}""", "name", """{"id":"1","name":"x"}""")]
    [TestCase("""{"name":"x","fieldMask":"tags"}""", "tags", """{"id":"1","name":"x"}""")]
    [TestCase("{}", "", """{"id":"1"}""")]
    public Task The_keys_of_a_request_without_messages(string body, string mask, string flat) =>
        ExpectFlatAsync("PATCH", Encoding.UTF8.GetBytes(body), "application/json", mask, flat);

    [Test]
    public Task All_of_a_request_without_messages() => ExpectFlatAsync("PUT", "{}"u8.ToArray(), "application/json", "*", """{"id":"1"}""");

    [TestCase("PATCH", "/v1/masks/book", null, NoBook)]
    [TestCase("PATCH", "/v1/masks/book", "{}", NoBook)]
    [TestCase("PUT", "/v1/masks/book/1", """{"allowMissing":true}""", NoBook, Description = "lest all be cleared")]
    [TestCase("PATCH", "/v1/masks/book/1", """{"book":null}""", NoBook)]
    [TestCase("PUT", "/v1/masks/book/1", """{"book":null}""", NoBook)]
    [TestCase("PUT", "/v1/masks/named", """{"author":{}}""", NoBook)]
    [TestCase("PATCH", "/v1/masks/flat/1", null, "The request must have a body.")]
    [TestCase("PUT", "/v1/masks/flat/1", null, "The request must have a body.")]
    [TestCase("PATCH", "/v1/masks/flat/1", "null", "must be a JSON object")]
    [TestCase("PATCH", "/v1/masks/flat/1", """{"id":"1"}""", "already given")]
    [TestCase("PATCH", "/v1/masks/book/1", """{"book":{"bookId":null}}""", "already given")]
    [TestCase("PATCH", "/v1/masks/flat/1", """{"name":"x","name":null}""", "more than once")]
    [TestCase("PATCH", "/v1/masks/flat/1", """{"left":"x","right":"y"}""", "oneof")]
    [TestCase("PATCH", "/v1/masks/flat/1?fieldMask=name", """{"name":"x"}""", "already given", Description = "the body is all")]
    [TestCase("PATCH", "/v1/masks/book", """{"book":{},"labels":{"a":null}}""", "must not be null", Description = "what is beside it has no keys to clear")]
    [TestCase("PUT", "/v1/masks/book", """{"book":{"attributes":{"a":null}}}""", "must not be null")]
    [TestCase("PATCH", "/v1/masks/book", """{"book":{"title":"x"},"updateMask":"a_b"}""", "update_mask")]
    [TestCase("PATCH", "/v1/masks/book", """{"book":{"title":"x"},"updateMask":{"paths":["title"]}}""", "update_mask")]
    public async Task What_is_refused(string method, string path, string? body, string told)
    {
        using var response = await App.SendAsync(method, path, body);
        var text = await response.Content.ReadAsStringAsync();
        Assert.That((int)response.StatusCode, Is.EqualTo(400), text);
        Assert.That(text, Does.Contain(told));
    }

    [TestCase(10_000, 200)]
    [TestCase(10_001, 400)]
    public async Task A_mask_has_at_most_ten_thousand_paths(int keys, int status)
    {
        var attributes = string.Join(',', Enumerable.Range(0, keys).Select(key => $"\"k{key}\":null"));
        using var response = await App.SendAsync("PATCH", "/v1/masks/flat/1", $$$"""{"attributes":{{{{attributes}}}}}""");
        var text = await response.Content.ReadAsStringAsync();
        Assert.That((int)response.StatusCode, Is.EqualTo(status), text);
        Assert.That(text, status == 200 ? Does.Contain($"attributes.k{keys - 1}\"") : Does.Contain("changes more than 10000 fields"));
    }

    [TestCase("name=x&tags=a&tags=b&nickname=", "name,tags,nickname", """{"id":"1","name":"x","tags":["a","b"],"nickname":""}""")]
    [TestCase("name=x&fieldMask=tags,extra", "tags,extra", """{"id":"1","name":"x"}""")]
    public Task The_fields_of_a_form(string form, string mask, string flat) =>
        ExpectFlatAsync("PATCH", Encoding.UTF8.GetBytes(form), "application/x-www-form-urlencoded", mask, flat);

    [Test]
    public async Task The_parts_of_a_form()
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent("x"), "book.title" },
            { new StringContent("""{"mentor":{"familyName":null}}""", Encoding.UTF8, "application/json"), "book.author" },
            { new StringContent("""{"k":null}"""), "book.attributes" },
            { new StringContent("true"), "allowMissing" },
            { new ByteArrayContent([1]), "cover", "cover.png" },
        };
        await ExpectAsync("PATCH", "/v1/masks/book", form, "title,author.mentor.family_name,attributes.k", """{"title":"x","author":{"mentor":{}}}""");
    }

    [TestCase("PATCH", "allowMissing=true", 400)]
    [TestCase("PUT", "allowMissing=true", 400)]
    [TestCase("PUT", "book.title=x", 200)]
    public async Task A_form_without_it_is_refused(string method, string form, int status)
    {
        using var content = new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded");
        using var request = new HttpRequestMessage(new HttpMethod(method), "/v1/masks/book") { Content = content };
        using var response = await App.Http.SendAsync(request);
        Assert.That((int)response.StatusCode, Is.EqualTo(status));
        Assert.That(await response.Content.ReadAsStringAsync(), status == 200 ? Does.Contain("\"mask\":\"*\"") : Does.Contain(NoBook));
    }

    [Test]
    public async Task A_part_of_a_form_may_be_the_message()
    {
        using var form = new MultipartFormDataContent { { new StringContent("""{"title":"x"}""", Encoding.UTF8, "application/json"), "book" } };
        await ExpectAsync("PATCH", "/v1/masks/book", form, "title", """{"title":"x"}""");
        using var empty = new MultipartFormDataContent { { new StringContent("{}"), "book" } };
        await ExpectAsync("PATCH", "/v1/masks/book", empty, "", "{}");
    }

    private static string Answer(string? mask, string? book) =>
        "{" + string.Join(',', new[] { mask is null ? null : $"\"mask\":\"{mask}\"", book is null ? null : $"\"book\":{book}" }.OfType<string>()) + "}";

    private async Task ExpectAsync(string method, string path, string body, string? mask, string? book)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        await ExpectAsync(method, path, content, mask, book);
    }

    private async Task ExpectAsync(string method, string path, HttpContent content, string? mask, string? book)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = content };
        using var response = await App.Http.SendAsync(request);
        Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo(Answer(mask, book)));
    }

    private async Task ExpectFlatAsync(string method, byte[] body, string type, string mask, string flat)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.TryAddWithoutValidation("content-type", type);
        using var request = new HttpRequestMessage(new HttpMethod(method), "/v1/masks/flat/1") { Content = content };
        using var response = await App.Http.SendAsync(request);
        Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo($$"""{"mask":"{{mask}}","flat":{{flat}}}"""));
    }
}
