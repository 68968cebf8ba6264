using System.Net;
using System.Text;
using Profiles.Transcoding.Json;

namespace Profiles.Transcoding.Tests.EndToEnd;

/// <summary>What a caller can get wrong, and the clear answer to it. Nothing here reaches a service.</summary>
public class BadInputTests : AppFixture
{
    [TestCase("PATCH", "/v1/books/alice?book.book_id=bob", """{"title":"x"}""", "book.book_id")]
    [TestCase("PATCH", "/v1/books/alice?book.bookId=alice", """{"title":"x"}""", "book.bookId")]
    [TestCase("PATCH", "/v1/books/alice?book.title=x", "{}", "book.title")]
    [TestCase("PATCH", "/v1/books/alice", """{"bookId":"bob"}""", "book.book_id")]
    [TestCase("PATCH", "/v1/books/alice", """{"book_id":"alice"}""", "book.book_id")]
    [TestCase("PATCH", "/v1/books/alice", """{"bookId":null}""", "book.book_id")]
    [TestCase("POST", "/v1/books/alice:archive", """{"bookId":"bob"}""", "book_id")]
    [TestCase("POST", "/v1/books/alice:archive?reason=x", "{}", "reason")]
    [TestCase("POST", "/v1/books/alice:archive?reason=x", null, "reason")]
    [TestCase("POST", "/v1/books?book.title=x", "{}", "book.title")]
    [TestCase("GET", "/v1/books/alice?bookId=bob", null, "bookId")]
    [TestCase("GET", "/v1/books/alice?book_id=bob", null, "book_id")]
    [TestCase("GET", "/v1/choice/x?choice.number=1", null, "choice.number")]
    [TestCase("GET", "/v1/choice/x?choice.message.int32Value=1", null, "choice.message.int32Value")]
    [TestCase("POST", "/v1/choice/x", """{"choice":{"number":1}}""", "choice.number")]
    [TestCase("POST", "/v1/choice/x", """{"choice":{"text":"y"}}""", "choice.text")]
    [TestCase("POST", "/v1/lists?lists.int32Values=1", "{}", "lists.int32Values")]
    [TestCase("GET", "/v1/echo/1/1/1970-01-01T00:00:00Z?scalars.int64Value=2", null, "scalars.int64Value")]
    public Task One_source_never_overwrites_another(string method, string path, string? body, string field) =>
        ExpectViolationAsync(method, path, body, field, Rules.Bound);

    [TestCase("pageSize=1&pageSize=2", "pageSize", Rules.Repeated)]
    [TestCase("pageSize=1&page_size=1", "page_size", Rules.Repeated)]
    [TestCase("pageSize=x", "pageSize", Rules.Int32)]
    [TestCase("pageSize=", "pageSize", Rules.Int32)]
    [TestCase("pageSize=1%00", "pageSize", Rules.Int32)]
    [TestCase("pageSize=+1", "pageSize", Rules.Int32)]
    [TestCase("pagesize=1", "pagesize", "names no field of transcoding.tests.v1.ListBooksRequest; did you mean \"pageSize\"?")]
    [TestCase("page=1", "page", "names no field of transcoding.tests.v1.ListBooksRequest")]
    [TestCase("filter.titel=x", "filter.titel", "names no field of transcoding.tests.v1.ListBooksRequest.Filter; did you mean \"title\"?")]
    [TestCase("filter=x", "filter", "is a message: name its fields, for instance filter.x")]
    [TestCase("filter.=x", "filter.", "names no field of transcoding.tests.v1.ListBooksRequest.Filter")]
    [TestCase("=x", "", "names no field of transcoding.tests.v1.ListBooksRequest")]
    [TestCase("filter.title.x=1", "filter.title.x", "has no fields of its own")]
    [TestCase("filter.since.seconds=1", "filter.since.seconds", "has no fields of its own")]
    [TestCase("filter.colours=PINK", "filter.colours", "must be a name or number of transcoding.tests.v1.Colour")]
    [TestCase("filter.signed=yes", "filter.signed", Rules.Bool)]
    [TestCase("filter.since=now", "filter.since", Rules.Timestamp)]
    [TestCase("ids=%ff", "ids", Rules.PercentEncoding)]
    [TestCase("ids=%ed%a0%80", "ids", Rules.PercentEncoding)]
    [TestCase("readMask=a_b", "readMask", Rules.FieldMask)]
    public Task A_bad_query_is_refused(string query, string field, string rule) =>
        ExpectViolationAsync("GET", "/v1/books?" + query, null, field, rule);

    [TestCase("choice.number=1&choice.text=x", "choice.text", "is beside another member of the oneof \"kind\"")]
    [TestCase("choice.message.int32Value=1&choice.text=x", "choice.text", "is beside another member of the oneof \"kind\"")]
    [TestCase("maps.strings.a=x", "maps.strings.a", "has no fields of its own")]
    [TestCase("maps.strings=x", "maps.strings", Rules.NotText)]
    [TestCase("wellKnown.struct=%7B%7D", "wellKnown.struct", Rules.NotText)]
    [TestCase("lists.messages=x", "lists.messages", Rules.NotText)]
    public Task A_query_cannot_say_everything(string query, string field, string rule) =>
        ExpectViolationAsync("GET", "/v1/echo?" + query, null, field, rule);

    [TestCase("titel", "has the path \"titel\", which names no field of transcoding.tests.v1.Book; did you mean \"title\"?")]
    [TestCase("title,author.givenNames", "has the path \"author.givenNames\", which names no field of transcoding.tests.v1.Author; did you mean \"givenName\"?")]
    [TestCase("author.x", "has the path \"author.x\", which names no field of transcoding.tests.v1.Author")]
    [TestCase("title,", "has the path \"\", which names no field of transcoding.tests.v1.Book")]
    [TestCase("author.", "has the path \"author.\", which names no field of transcoding.tests.v1.Author")]
    [TestCase("attributes.", Rules.FieldMask)]
    public Task A_mask_must_name_fields(string paths, string rule) =>
        ExpectViolationAsync("PATCH", "/v1/books/a?updateMask=" + paths, "{}", "updateMask", rule);

    [TestCase("/v1/echo/x/COLOUR_RED/1970-01-01T00:00:00Z", "scalars.int64_value", Rules.Int64)]
    [TestCase("/v1/echo/1/RED/1970-01-01T00:00:00Z", "scalars.colour", "must be a name or number of transcoding.tests.v1.Colour")]
    [TestCase("/v1/echo/1/1/now", "well_known.timestamp", Rules.Timestamp)]
    public Task A_bad_path_value_is_refused(string path, string field, string rule) =>
        ExpectViolationAsync("GET", path, null, field, rule);

    [TestCase("", "book", Rules.Json, Description = "white space only")]
    [TestCase("{", "book", Rules.Json)]
    [TestCase("{\"title\":\"x\"", "book.title", Rules.Json)]
    [TestCase("[]", "book", Rules.Object)]
    [TestCase("{\"title\":1}", "book.title", Rules.Text)]
    [TestCase("{\"titel\":\"x\"}", "book.titel", "names no field of transcoding.tests.v1.Book; did you mean \"title\"?")]
    [TestCase("{\"title\":\"x\",\"title\":\"x\"}", "book.title", Rules.Repeated)]
    [TestCase("{\"title\":\"\\ud800\"}", "book.title", Rules.Unicode)]
    [TestCase("{\"attributes\":{\"a\":null}}", "book.attributes[\"a\"]", Rules.Null, Description = "POST infers no mask")]
    [TestCase("{\"pageCount\":2147483648}", "book.page_count", Rules.Int32)]
    public Task A_bad_body_is_refused(string body, string field, string rule) =>
        ExpectViolationAsync("POST", "/v1/books", " " + body, field, rule);

    [Test]
    public Task The_message_says_line_and_byte() => ExpectAsync(
        "POST", "/v1/books", "{\n\"title\":1}", 400,
        """{"code":3,"message":"book.title: must be a string (line 2, byte 9).","details":[{"@type":"type.googleapis.com/google.rpc.BadRequest","fieldViolations":[{"field":"book.title","description":"must be a string"}]}]}""");

    [Test]
    public async Task Broken_UTF8_in_a_body_is_refused()
    {
        using var content = new ByteArrayContent([.. "{\"title\":\""u8, 0xff, .. "\"}"u8]);
        content.Headers.ContentType = new("application/json");
        using var response = await App.Http.PostAsync("/v1/books", content);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain(Rules.Unicode));
    }

    [TestCase("text/plain")]
    [TestCase("text/json")]
    [TestCase("application/json; charset=utf-16")]
    [TestCase("application/jsonp")]
    [TestCase(null)]
    public async Task Only_JSON_in_UTF8_is_taken(string? type)
    {
        using var content = new ByteArrayContent("{}"u8.ToArray());
        if (type is not null) content.Headers.TryAddWithoutValidation("Content-Type", type);
        using var response = await App.Http.PostAsync("/v1/books", content);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.UnsupportedMediaType));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.StartWith("""{"code":3,"message":"The request body must be application/json"""));
    }

    [TestCase("application/json")]
    [TestCase("application/json; charset=utf-8")]
    [TestCase("Application/JSON;charset=\"UTF-8\"")]
    public async Task JSON_has_many_spellings(string type)
    {
        using var content = new ByteArrayContent("{}"u8.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        using var response = await App.Http.PostAsync("/v1/books", content);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [TestCase("/v1/books/%C0%80", "book_id")]
    [TestCase("/v1/books/a?name=%ff", "name")]
    public Task Broken_escapes_are_refused(string path, string field) => ExpectViolationAsync("GET", path, null, field, Rules.PercentEncoding);

    [Test]
    public async Task A_rule_that_asks_ends_as_a_question()
    {
        using var response = await App.SendAsync("GET", "/v1/books?pagesize=1");
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("did you mean \\\"pageSize\\\"?\",\"details\""));
    }

    [TestCase("gzip", 415)]
    [TestCase("identity", 200)]
    public async Task An_encoded_body_is_not_taken(string encoding, int status)
    {
        using var content = new StringContent("{}", Encoding.UTF8, "application/json");
        content.Headers.ContentEncoding.Add(encoding);
        using var response = await App.Http.PostAsync("/v1/books", content);
        Assert.That((int)response.StatusCode, Is.EqualTo(status));
    }

    [Test]
    public Task A_method_without_body_takes_none() =>
        ExpectAsync("DELETE", "/v1/books/a", "{}", 400, """{"code":3,"message":"DELETE takes no request body here."}""");

    [TestCase("POST", "/v1/books/a", "DELETE, GET, HEAD, PATCH, PUT, REPORT")]
    [TestCase("DELETE", "/v1/books", "GET, HEAD, POST")]
    [TestCase("GET", "/v1/books:batchGet", null, Description = "no verb for GET, no such book either")]
    [TestCase("OPTIONS", "/v1/titles", "GET, HEAD")]
    [TestCase("PUT", "/v1/titles", "GET, HEAD")]
    [TestCase("FROB", "/v1/titles", "GET, HEAD")]
    public async Task A_method_that_the_path_does_not_know_is_refused(string method, string path, string? allow)
    {
        allow ??= "POST";
        using var response = await App.SendAsync(method, path);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.MethodNotAllowed));
        Assert.That(string.Join(", ", response.Content.Headers.Allow), Is.EqualTo(allow));
        Assert.That(
            await response.Content.ReadAsStringAsync(),
            Is.EqualTo($$"""{"code":12,"message":"This path does not know the method; it knows {{allow}}."}"""));
    }

    [TestCase("/")]
    [TestCase("/v1")]
    [TestCase("/v2/books/a")]
    [TestCase("/V1/books/a")]
    [TestCase("/v1/books/")]
    [TestCase("/v1/books/a/")]
    [TestCase("/v1/books/a/b")]
    [TestCase("/v1//books")]
    [TestCase("/v1/hidden")]
    [TestCase("/favicon.ico")]
    public Task A_path_that_nothing_serves_is_not_found(string path) =>
        ExpectAsync("GET", path, null, 404, """{"code":5,"message":"There is nothing at this path."}""");
}
