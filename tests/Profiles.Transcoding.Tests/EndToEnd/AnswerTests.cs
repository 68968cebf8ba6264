namespace Profiles.Transcoding.Tests.EndToEnd;

/// <summary>Every kind of rule, answered over real HTTP.</summary>
public class AnswerTests : AppFixture
{
    [TestCase("GET", "/v1/books/a", null, """{"bookId":"a"}""")]
    [TestCase("GET", "/v1/books/a%2Fb", null, """{"bookId":"a/b"}""")]
    [TestCase("GET", "/v1/books/a%252Fb", null, """{"bookId":"a%2Fb"}""")]
    [TestCase("GET", "/v1/books/a:b", null, """{"bookId":"a:b"}""")]
    [TestCase("GET", "/v1/books/a:archive", null, """{"bookId":"a:archive"}""", Description = "the verb belongs to POST")]
    [TestCase("GET", "/v1/books/%C3%A4%20%2B+", null, """{"bookId":"ä ++"}""")]
    [TestCase("GET", "/v1/shelves/s/books/b%2Fc", null, """{"title":"shelves/s/books/b%2Fc"}""", Description = "an additional binding")]
    [TestCase("GET", "/v1/archive/x/y/z", null, """{"title":"x/y/z"}""")]
    [TestCase("GET", "/v1/archive", null, "{}")]
    [TestCase("GET", "/v1/books/../books/a", null, """{"bookId":"a"}""")]
    [TestCase("POST", "/v1/books", """{"bookId":"a"}""", """{"bookId":"a"}""")]
    [TestCase("POST", "/v1/books", null, "{}", Description = "no body leaves its field unset")]
    [TestCase("DELETE", "/v1/books/a", null, "{}")]
    [TestCase("REPORT", "/v1/books/a", null, """{"bookId":"a","title":"reported"}""")]
    [TestCase("POST", "/v1/books/a:archive", """{"reason":"old"}""", """{"bookId":"a","reason":"old"}""")]
    [TestCase("POST", "/v1/books/a:archive", null, """{"bookId":"a"}""")]
    [TestCase("POST", "/v1/books:batchGet", """{"ids":["old"]}""", """{"request":{"ids":["old"]}}""")]
    [TestCase("GET", "/v1/titles?ids=a&ids=b", null, """["a","b"]""", Description = "response_body")]
    [TestCase("GET", "/v1/titles", null, "[]")]
    [TestCase("POST", "/v1/body/text", "\"x\"", """{"text":"x"}""")]
    [TestCase("POST", "/v1/body/numbers", "[1,2]", """{"numbers":[1,2]}""")]
    [TestCase("POST", "/v1/body/attributes", """{"a":"b"}""", """{"attributes":{"a":"b"}}""")]
    [TestCase("POST", "/v1/body/data", "\"AQI=\"", """{"data":"AQI="}""")]
    [TestCase("POST", "/v1/body/value", "null", """{"value":null}""")]
    [TestCase("POST", "/v1/body/wrapper", "0", """{"wrapper":"0"}""")]
    [TestCase("DELETE", "/v1/body/numbers", "[1,2]", """{"numbers":[1,2]}""")]
    [TestCase("DELETE", "/v1/body/numbers", null, "{}")]
    [TestCase("POST", "/v1/books", "null", "{}", Description = "null is the absence of a field, also where it is the body")]
    [TestCase("POST", "/v1/books", " \r\n\tnull ", "{}")]
    [TestCase("POST", "/v1/body/wrapper", "null", "{}")]
    [TestCase("POST", "/v1/body/text?numbers=1&numbers=2", "\"x\"", """{"text":"x","numbers":[1,2]}""")]
    public Task Answers(string method, string path, string? body, string expected) => ExpectAsync(method, path, body, 200, expected);

    [TestCase("""{"title":"x"}""", """{"book":{"bookId":"a","title":"x"},"hasMask":true,"paths":["title"]}""")]
    [TestCase("""{"title":null,"author":{"givenName":"y"}}""", """{"book":{"bookId":"a","author":{"givenName":"y"}},"hasMask":true,"paths":["title","author.given_name"]}""")]
    [TestCase("""{"attributes":{"k":null}}""", """{"book":{"bookId":"a"},"hasMask":true,"paths":["attributes.k"]}""")]
    [TestCase("{}", """{"book":{"bookId":"a"},"hasMask":true}""")]
    public Task A_PATCH_means_the_keys_that_are_there(string body, string expected) => ExpectAsync("PATCH", "/v1/books/a", body, 200, expected);

    [TestCase("PUT")]
    [TestCase("POST")]
    public async Task A_method_asks_for_a_mask_of_the_keys(string method)
    {
        await ExpectAsync(
            method, "/v1/books/a:merge", """{"title":null,"author":{"givenName":"y"},"attributes":{"k":"v"}}""", 200,
            """{"book":{"bookId":"a","author":{"givenName":"y"},"attributes":{"k":"v"}},"hasMask":true,"paths":["title","author.given_name","attributes.k"]}""");
        await ExpectAsync(
            method, "/v1/books/a:merge?updateMask=title", """{"author":{}}""", 200,
            """{"book":{"bookId":"a","author":{}},"hasMask":true,"paths":["title"]}""");
    }

    [TestCase("""{"title":"x"}""", """{"book":{"bookId":"a","title":"x"},"hasMask":true,"paths":["*"]}""")]
    [TestCase("{}", """{"book":{"bookId":"a"},"hasMask":true,"paths":["*"]}""")]
    public Task A_PUT_means_everything(string body, string expected) => ExpectAsync("PUT", "/v1/books/a", body, 200, expected);

    [TestCase("PATCH", "updateMask=title", "title")]
    [TestCase("PUT", "update_mask=title", "title")]
    [TestCase("PATCH", "updateMask=author.givenName,publish_time", "author.given_name,publish_time")]
    [TestCase("PATCH", "updateMask=attributes.myKey,attributes.%60a%20b%60", "attributes.myKey,attributes.`a b`")]
    [TestCase("PATCH", "updateMask=*", "*")]
    [TestCase("PATCH", "updateMask=", "")]
    public async Task A_mask_that_is_sent_wins(string method, string query, string paths)
    {
        var list = paths.Length == 0 ? "" : ",\"paths\":[\"" + paths.Replace(",", "\",\"", StringComparison.Ordinal) + "\"]";
        await ExpectAsync(
            method, "/v1/books/a?" + query, """{"title":"x"}""", 200, $$"""{"book":{"bookId":"a","title":"x"},"hasMask":true{{list}}}""");
    }

    [TestCase("attributes.a", """{"attributes":{"a":null}}""")]
    [TestCase("attributes.a", """{"title":null,"attributes":{"a":null,"b":null}}""", Description = "what is outside of the mask does not matter")]
    public Task A_sent_mask_may_be_of_keys_that_go(string paths, string body) => ExpectAsync(
        "PATCH", "/v1/books/a?updateMask=" + paths, body, 200, $$"""{"book":{"bookId":"a"},"hasMask":true,"paths":["{{paths}}"]}""");

    [TestCase("PATCH")]
    [TestCase("PUT")]
    public async Task A_sent_mask_needs_no_body_and_no_body_needs_a_mask(string method)
    {
        await ExpectAsync(method, "/v1/books/a?updateMask=title", null, 200, """{"book":{"bookId":"a"},"hasMask":true,"paths":["title"]}""");
        await ExpectViolationAsync(method, "/v1/books/a", null, "book", "must be in the request body");
        await ExpectViolationAsync(method, "/v1/books/a", "null", "book", "must be in the request body");
    }

    [TestCase("/v1/books?pageSize=5", """{"pageSize":5}""")]
    [TestCase("/v1/books?page_size=5", """{"pageSize":5}""")]
    [TestCase("/v1/books?pageSize=%35", """{"pageSize":5}""")]
    [TestCase("/v1/books?page%53ize=5", """{"pageSize":5}""")]
    [TestCase("/v1/books?ids=a&ids=b+c&ids=", """{"ids":["a","b c",""]}""")]
    [TestCase("/v1/books?ids", """{"ids":[""]}""")]
    [TestCase("/v1/books?&&ids=a=b&", """{"ids":["a=b"]}""")]
    [TestCase("/v1/books?filter.title=x&filter.colours=COLOUR_RED&filter.colours=2", """{"filter":{"title":"x","colours":["COLOUR_RED","COLOUR_GREEN"]}}""")]
    [TestCase("/v1/books?filter.since=2024-01-01T00:00:00%2B01:00&filter.signed=false", """{"filter":{"since":"2023-12-31T23:00:00Z","signed":false}}""")]
    [TestCase("/v1/books?filter.or.or.title=x&filter.or.title=y", """{"filter":{"or":{"title":"y","or":{"title":"x"}}}}""")]
    [TestCase("/v1/books?readMask=ids,pageSize", """{"readMask":"ids,pageSize"}""")]
    public Task A_query_sets_fields(string path, string expected) => ExpectAsync("GET", path, null, 200, $$"""{"request":{{expected}}}""");

    [TestCase("scalars.int32_value=-1", """{"scalars":{"int32Value":-1}}""")]
    [TestCase("scalars.uint64Value=18446744073709551615", """{"scalars":{"uint64Value":"18446744073709551615"}}""")]
    [TestCase("scalars.floatValue=NaN&scalars.doubleValue=1e5", """{"scalars":{"floatValue":"NaN","doubleValue":100000}}""")]
    [TestCase("scalars.boolValue=true&scalars.bytesValue=-_8", """{"scalars":{"boolValue":true,"bytesValue":"+/8="}}""")]
    [TestCase("scalars.colour=-1&scalars.alias=ALIAS_SECOND", """{"scalars":{"colour":"COLOUR_NEGATIVE","alias":"ALIAS_FIRST"}}""")]
    [TestCase("optionals.int32Value=0&optionals.stringValue=", """{"optionals":{"int32Value":0,"stringValue":""}}""")]
    [TestCase("lists.wrappers=0&lists.timestamps=1970-01-01T00:00:00Z", """{"lists":{"timestamps":["1970-01-01T00:00:00Z"],"wrappers":[0]}}""")]
    [TestCase("wellKnown.duration=1s&wellKnown.stringWrapper=x&wellKnown.bytesWrapper=AQ", """{"wellKnown":{"duration":"1s","stringWrapper":"x","bytesWrapper":"AQ=="}}""")]
    [TestCase("choice.message.int32Value=1&choice.message.boolValue=true", """{"choice":{"message":{"int32Value":1,"boolValue":true}}}""")]
    [TestCase("%40odd+name=x", """{"@odd name":"x"}""")]
    public Task A_query_takes_every_kind_with_a_text_form(string query, string expected) =>
        ExpectAsync("GET", "/v1/echo?" + query, null, 200, expected);

    [TestCase("/v1/echo/9223372036854775807/COLOUR_RED/1970-01-01T00:00:00Z", """{"scalars":{"int64Value":"9223372036854775807","colour":"COLOUR_RED"},"wellKnown":{"timestamp":"1970-01-01T00:00:00Z"}}""")]
    [TestCase("/v1/echo/0/2/1970-01-01T00%3A00%3A00Z?scalars.boolValue=true", """{"scalars":{"boolValue":true,"colour":"COLOUR_GREEN"},"wellKnown":{"timestamp":"1970-01-01T00:00:00Z"}}""")]
    public Task A_path_takes_nested_fields_of_every_kind(string path, string expected) => ExpectAsync("GET", path, null, 200, expected);
}
