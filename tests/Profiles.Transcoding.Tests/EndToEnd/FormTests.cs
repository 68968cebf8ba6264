using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Profiles.Transcoding.Tests.Services;
using Profiles.Transcoding.Tests.Support;

namespace Profiles.Transcoding.Tests.EndToEnd;

/// <summary>Bodies that are no JSON: forms, files, raw bytes.</summary>
public class FormTests : AppFixture
{
    private const string Encoded = "application/x-www-form-urlencoded";
    private const string Multipart = "multipart/form-data; boundary=b";

    private protected override Task<TestApp> StartAsync() => TestApp.StartAsync(
        options =>
        {
            options.MaxFormParts = 5;
            options.MaxRequestBodySize = 20_000;
        },
        map: app => app.MapGrpcService<FormService>());

    [TestCase("name=a&tags=x&tags=y", """{"name":"a","tags":["x","y"]}""")]
    [TestCase("name=a+b%2Bc%20%C3%A4", """{"name":"a b+c ä"}""")]
    [TestCase("scalars.int32Value=-5&scalars.colour=COLOUR_RED&scalars.bytes_value=AQI", """{"scalars":{"int32Value":-5,"bytesValue":"AQI=","colour":"COLOUR_RED"}}""")]
    [TestCase("data=AQI%3D&left=", """{"data":"AQI=","left":""}""")]
    [TestCase("&&name=a&", """{"name":"a"}""")]
    [TestCase("name", "{}")]
    public Task A_form_fills_fields_by_name(string form, string expected) => ExpectAsync("POST", "/v1/forms", Encoded, form, 200, expected);

    [TestCase("nmae=a", "name", Description = "unknown: the nearest name is told")]
    [TestCase("name=a&name=b", "name")]
    [TestCase("left=a&right=b", "right")]
    [TestCase("scalars.int32Value=x", "scalars.int32Value")]
    [TestCase("scalars=x", "scalars")]
    [TestCase("attributes=x", "attributes")]
    [TestCase("name=%ff", "name")]
    [TestCase("name=%4", "name")]
    [TestCase("name.x=1", "name.x")]
    [TestCase("tags=1&tags=2&tags=3&tags=4&tags=5&tags=6", "more than 5")]
    public async Task A_form_that_fits_no_field_is_refused(string form, string told)
    {
        using var response = await SendAsync("POST", "/v1/forms", Encoded, Encoding.UTF8.GetBytes(form));
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain(told));
    }

    [Test]
    public async Task What_the_path_says_a_form_may_not_say_again()
    {
        using var response = await SendAsync("POST", "/v1/forms/a", Encoded, "name=a"u8.ToArray());
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("already given"));
    }

    [TestCase("PATCH", "tags=x&scalars.int32Value=1", """{"form":{"name":"a","tags":["x"],"scalars":{"int32Value":1}},"mask":"tags,scalars.int32Value"}""")]
    [TestCase("PATCH", "tags=x&tags=y", """{"form":{"name":"a","tags":["x","y"]},"mask":"tags"}""")]
    [TestCase("PUT", "tags=x", """{"form":{"name":"a","tags":["x"]},"mask":"*"}""")]
    public Task The_mask_follows_from_the_fields(string method, string form, string expected) =>
        ExpectAsync(method, "/v1/forms/a", Encoded, form, 200, expected);

    [Test]
    public Task Parts_are_text_JSON_and_files() => ExpectAsync(
        "POST",
        "/v1/forms",
        Multipart,
        Parts(
            ("name=\"name\"", null, "a + %20"),
            ("name=\"scalars\"", "application/json", """{"int64Value":"7"}"""),
            ("name=\"data\"; filename=\"../../etc/passwd\"", "image/png", "PNG"),
            ("name=file; filename=x", "text/html; charset=latin1", "<b>"),
            ("name=\"attributes\"", "application/json; charset=utf-8", """{"k":"v"}""")),
        200,
        """{"name":"a + %20","scalars":{"int64Value":"7"},"data":"UE5H","file":{"contentType":"text/html; charset=latin1","data":"PGI+"},"attributes":{"k":"v"}}""");

    [TestCase("/v1/scalars/x", """{"stringValue":"y"}""", "scalars.string_value", "already given")]
    [TestCase("/v1/scalars/x", """{"string_value":null}""", "scalars.string_value", "already given")]
    [TestCase("/v1/scalars/x", """{"int32Value":1}""", null, """{"scalars":{"int32Value":1,"stringValue":"x"}}""")]
    [TestCase("/v1/scalars/x", "null", null, """{"scalars":{"stringValue":"x"}}""")]
    public async Task A_part_of_JSON_does_not_overwrite_the_path(string path, string json, string? field, string told)
    {
        using var response = await SendAsync("POST", path, Multipart, Encoding.UTF8.GetBytes(Parts(("name=\"scalars\"", "application/json", json))));
        var answer = await response.Content.ReadAsStringAsync();
        Assert.That((int)response.StatusCode, Is.EqualTo(field is null ? 200 : 400), answer);
        Assert.That(answer, field is null ? Is.EqualTo(told) : Does.Contain(told).And.Contain(field));
    }

    [TestCase("scalars", "scalars.int32Value")]
    [TestCase("scalars.int32Value", "scalars")]
    [TestCase("scalars", "scalars")]
    [TestCase("attributes", "attributes")]
    public async Task A_part_does_not_overwrite_another(string first, string second)
    {
        static (string, string?, string) Part(string name) => name.Contains('.', StringComparison.Ordinal)
            ? ($"name=\"{name}\"", null, "1")
            : ($"name=\"{name}\"", "application/json", name == "attributes" ? """{"k":"v"}""" : """{"int32Value":2}""");
        using var response = await SendAsync("POST", "/v1/forms", Multipart, Encoding.UTF8.GetBytes(Parts(Part(first), Part(second))));
        Assert.That((int)response.StatusCode, Is.EqualTo(400));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("is there more than once"));
    }

    [Test]
    public Task The_mask_goes_into_parts_of_JSON() => ExpectAsync(
        "PATCH",
        "/v1/forms/a",
        Multipart,
        Parts(
            ("name=\"scalars\"", "application/json", """{"int32Value":1,"stringValue":null}"""),
            ("name=\"attributes\"", "application/json", """{"k":"v","gone":null}"""),
            ("name=\"tags\"", "application/json", """["x"]"""),
            ("name=\"tags\"", null, "y"),
            ("name=\"left\"", "application/json", "null")),
        200,
        """{"form":{"name":"a","tags":["x","y"],"scalars":{"int32Value":1},"attributes":{"k":"v"}},"mask":"scalars.int32Value,scalars.stringValue,attributes.k,attributes.gone,tags,left"}""");

    [TestCase(true, 200)]
    [TestCase(false, 400)]
    public async Task Unknown_names_of_a_form_are_those_of_a_body(bool ignored, int status)
    {
        await using var app = await TestApp.StartAsync(
            options => (options.IgnoreUnknownFields, options.IgnoreUnknownQueryParameters) = (ignored, !ignored),
            map: app => app.MapGrpcService<FormService>());
        foreach (HttpContent content in new HttpContent[]
        {
            new FormUrlEncodedContent([new("unknown", "x"), new("name", "a")]),
            new MultipartFormDataContent { { new StringContent("x"), "unknown" }, { new StringContent("a"), "name" } },
        })
        {
            using var response = await app.Http.PostAsync("/v1/forms", content);
            Assert.That((int)response.StatusCode, Is.EqualTo(status), await response.Content.ReadAsStringAsync());
        }
    }

    [Test]
    public Task Files_may_be_several() => ExpectAsync(
        "POST",
        "/v1/forms",
        Multipart,
        Parts(("name=\"files\"; filename=\"1\"", "a/b", "1"), ("name=\"files\"; filename=\"2\"", null, "")),
        200,
        """{"files":[{"contentType":"a/b","data":"MQ=="},{}]}""");

    [Test]
    public Task The_mask_follows_from_the_parts() => ExpectAsync(
        "PATCH",
        "/v1/forms/a",
        Multipart,
        Parts(("name=\"data\"; filename=\"x\"", null, "1"), ("name=\"scalars.float_value\"", null, "1.5")),
        200,
        """{"form":{"name":"a","scalars":{"floatValue":1.5},"data":"MQ=="},"mask":"data,scalars.floatValue"}""");

    [TestCase("name=\"name\"; filename=\"x\"", null, "a", "holds no file")]
    [TestCase("name=\"scalars\"; filename=\"x\"", "image/png", "{}", "holds no file")]
    [TestCase("name=\"scalars\"; filename=\"x\"", "application/json", "x", "must be valid JSON")]
    [TestCase("name=\"nmae\"", null, "a", "name")]
    [TestCase("filename=\"x\"", null, "a", "must have a name")]
    [TestCase("name=\"\"", null, "a", "must have a name")]
    [TestCase("name=\"name\"", "text/plain; charset=latin1", "a", "UTF-8")]
    [TestCase("name=\"scalars\"", "application/json", "{", "must be valid JSON")]
    [TestCase("name=\"scalars\"", "application/json", """{"int32Value":"x"}""", "scalars.int32_value")]
    [TestCase("name=\"name\"", "x", "a", "content-type")]
    public async Task A_part_that_fits_no_field_is_refused(string disposition, string? type, string content, string told)
    {
        using var response = await SendAsync("POST", "/v1/forms", Multipart, Encoding.UTF8.GetBytes(Parts((disposition, type, content))));
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain(told));
    }

    [TestCase("scalars", """{"int32Value":1}""", 200, """{"scalars":{"int32Value":1}}""")]
    [TestCase("attributes", """{"k":"v"}""", 200, """{"attributes":{"k":"v"}}""")]
    [TestCase("scalars", "null", 200, "{}")]
    [TestCase("scalars", "x", 400, "scalars")]
    public async Task A_part_for_a_field_without_text_form_is_json_whatever_its_type(string name, string text, int status, string told)
    {
        using var content = new MultipartFormDataContent { { new StringContent(text), name } };
        using var response = await App.Http.PostAsync("/v1/forms", content);

        Assert.That((int)response.StatusCode, Is.EqualTo(status));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain(told));
    }

    [TestCase("", "", "tags", """{"name":"a","tags":["x"]}""", Description = "as pages say it: none was chosen")]
    [TestCase("", "1", "tags,file", """{"name":"a","tags":["x"],"file":{"contentType":"application/octet-stream","data":"MQ=="}}""")]
    [TestCase("x", "", "tags,file", """{"name":"a","tags":["x"],"file":{"contentType":"application/octet-stream"}}""", Description = "an empty file")]
    public Task A_file_that_was_not_chosen_is_none(string fileName, string content, string mask, string form) => ExpectAsync(
        "PATCH",
        "/v1/forms/a",
        Multipart,
        Parts(("name=\"tags\"", null, "x"), ($"name=\"file\"; filename=\"{fileName}\"", "application/octet-stream", content)),
        200,
        $$"""{"form":{{form}},"mask":"{{mask}}"}""");

    [TestCase("binary", 200)]
    [TestCase("8BIT", 200)]
    [TestCase("base64", 400)]
    [TestCase("quoted-printable", 400)]
    public async Task An_encoded_part_is_not_taken_for_its_content(string encoding, int status)
    {
        var part = $"--b\r\ncontent-disposition: form-data; name=data; filename=x\r\ncontent-transfer-encoding: {encoding}\r\n\r\nMQ==\r\n--b--\r\n";
        using var response = await SendAsync("POST", "/v1/forms", Multipart, Encoding.UTF8.GetBytes(part));
        Assert.That((int)response.StatusCode, Is.EqualTo(status));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain(status == 200 ? "\"TVE9PQ==\"" : "data: must come as it is"));
    }

    [TestCase("scalars", """{"int32Value":1}""", """{"scalars":{"int32Value":1}}""")]
    [TestCase("name", "\"a\"", """{"name":"a"}""")]
    [TestCase("data", "{}", """{"data":"e30="}""", Description = "a file where there can be one")]
    public Task A_blob_of_JSON_has_a_file_name(string name, string json, string expected) => ExpectAsync(
        "POST", "/v1/forms", Multipart, Parts(($"name=\"{name}\"; filename=\"blob\"", "application/json", json)), 200, expected);

    [TestCase("upload", "MQ==")]
    [TestCase("data", "MQ==")]
    [TestCase("name", null)]
    public async Task One_field_can_take_files_of_any_name(string name, string? data)
    {
        await using var own = await TestApp.StartAsync(options => options.FileField = "data", map: endpoints => endpoints.MapGrpcService<FormService>());
        using var content = new MultipartFormDataContent { { new ByteArrayContent("1"u8.ToArray()), name, "1.png" } };
        using var response = await own.Http.PostAsync("/v1/forms", content);
        using var two = new MultipartFormDataContent { { new ByteArrayContent([]), name, "1" }, { new ByteArrayContent([]), "other", "2" } };
        using var refused = await own.Http.PostAsync("/v1/forms", two);
        using var text = new MultipartFormDataContent { { new StringContent("a"), "upload" } };
        using var unknown = await own.Http.PostAsync("/v1/forms", text);

        Assert.That(
            await response.Content.ReadAsStringAsync(), data is null ? Does.Contain("holds no file") : Is.EqualTo($$"""{"data":"{{data}}"}"""));
        Assert.That((int)refused.StatusCode, Is.EqualTo(400));
        Assert.That((int)unknown.StatusCode, Is.EqualTo(400));
    }

    [TestCase("multipart/form-data", "--b--", Description = "no boundary")]
    [TestCase("multipart/form-data; boundary=", "--b--")]
    [TestCase("multipart/form-data; boundary=xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "--b--", Description = "71 characters")]
    [TestCase(Multipart, "nonsense")]
    [TestCase(Multipart, "--b\r\ncontent-disposition: form-data; name=name\r\n\r\na", Description = "ends within a part")]
    [TestCase(Multipart, "--b\r\ncontent-disposition: form-data; name=name\r\n", Description = "ends within the headers of a part")]
    [TestCase(Multipart, "--b\r\n\r\na\r\n--b--", Description = "a part without headers")]
    [TestCase(Multipart, "--b\r\ncontent-disposition: attachment; name=name\r\n\r\na\r\n--b--")]
    [TestCase(Multipart, "--b\r\nnonsense\r\n\r\na\r\n--b--")]
    public async Task A_broken_form_is_refused(string type, string body)
    {
        using var response = await SendAsync("POST", "/v1/forms", type, Encoding.UTF8.GetBytes(body));
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest), await response.Content.ReadAsStringAsync());
    }

    [Test]
    public async Task Forms_have_their_limits()
    {
        var part = ("name=\"tags\"", (string?)null, "x");
        using var many = await SendAsync("POST", "/v1/forms", Multipart, Encoding.UTF8.GetBytes(Parts([.. Enumerable.Repeat(part, 6)])));
        using var large = await SendAsync("POST", "/v1/forms", Multipart, Encoding.UTF8.GetBytes(Parts(("name=\"name\"", null, new string('x', 20_001)))));
        using var headers = await SendAsync(
            "POST", "/v1/forms", Multipart, Encoding.UTF8.GetBytes(Parts(($"name=\"{new string('x', 5000)}\"", null, "x"))));
        using var encoded = await SendAsync("POST", "/v1/forms", Encoded, Encoding.UTF8.GetBytes("name=" + new string('x', 20_000)));
        Assert.That(
            new[] { many.StatusCode, large.StatusCode, headers.StatusCode, encoded.StatusCode },
            Is.EqualTo(new[] { HttpStatusCode.BadRequest, HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.BadRequest, HttpStatusCode.RequestEntityTooLarge }));
    }

    [TestCase("image/png", "PNG", """{"name":"n","file":{"contentType":"image/png","data":"UE5H"}}""")]
    [TestCase("application/json", "{\"a\"", """{"name":"n","file":{"contentType":"application/json","data":"eyJhIg=="}}""")]
    public Task A_raw_body_keeps_its_type(string type, string body, string expected) => ExpectAsync("PUT", "/v1/uploads/n", type, body, 200, expected);

    [TestCase("application/octet-stream", "\u0001\u0002", """{"name":"n","data":"AQI="}""")]
    [TestCase("application/json", "\"AQI=\"", """{"name":"n","data":"AQI="}""")]
    public Task A_field_of_bytes_takes_bytes_or_base64(string type, string body, string expected) => ExpectAsync("PUT", "/v1/data/n", type, body, 200, expected);

    [TestCase("/v1/uploads/n", "file", "image/png", """{"name":"n","file":{"contentType":"image/png","data":"UE5H"}}""")]
    [TestCase("/v1/uploads/n?", "file", null, """{"name":"n","file":{"data":"UE5H"}}""", Description = "an empty query is none")]
    [TestCase("/v1/uploads/n", "data", "image/png", """{"name":"n","data":"UE5H"}""", Description = "the form has all fields")]
    [TestCase("/v1/data/n", "data", "image/png", """{"name":"n","data":"UE5H"}""")]
    [TestCase("/v1/data/n", "file", "image/png", """{"name":"n","file":{"contentType":"image/png","data":"UE5H"}}""")]
    public Task A_body_that_is_a_file_may_be_one_of_a_form(string path, string name, string? type, string expected) =>
        ExpectAsync("PUT", path, Multipart, Parts(($"name=\"{name}\"; filename=\"x\"", type, "PNG")), 200, expected);

    [TestCase("/v1/uploads/n", "name", "already given")]
    [TestCase("/v1/data/n", "name", "already given")]
    [TestCase("/v1/uploads/n?data=AQI", "file", "the query must be empty")]
    [TestCase("/v1/data/n?file.contentType=x", "data", "the query must be empty")]
    [TestCase("/v1/uploads/n", "other", "other")]
    public async Task A_form_with_a_file_overwrites_nothing(string path, string name, string told)
    {
        using var response = await SendAsync("PUT", path, Multipart, Encoding.UTF8.GetBytes(Parts(($"name=\"{name}\"", null, "x"))));
        Assert.That((int)response.StatusCode, Is.EqualTo(400));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain(told));
    }

    [Test]
    public async Task A_file_keeps_its_form_where_forms_are_off()
    {
        await using var app = await TestApp.StartAsync(options => options.AcceptForms = false, map: app => app.MapGrpcService<FormService>());
        using var form = new StringContent("x");
        form.Headers.ContentType = MediaTypeHeaderValue.Parse(Multipart);
        using var raw = await app.Http.PutAsync("/v1/uploads/n", form);
        using var bytes = await app.Http.PutAsync("/v1/data/n", form);
        Assert.That(await raw.Content.ReadAsStringAsync(), Is.EqualTo("""{"name":"n","file":{"contentType":"multipart/form-data; boundary=b","data":"eA=="}}"""));
        Assert.That(bytes.StatusCode, Is.EqualTo(HttpStatusCode.UnsupportedMediaType));
    }

    [Test]
    public async Task A_request_may_be_the_body_itself()
    {
        using var response = await SendAsync("POST", "/v1/store", "text/csv; charset=utf-8", "a,b"u8.ToArray());
        Assert.That(response.Content.Headers.ContentType?.ToString(), Is.EqualTo("text/csv; charset=utf-8"));
        Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo("a,b"));
    }

    [TestCase("POST", "/v1/forms", "text/plain")]
    [TestCase("POST", "/v1/forms", "application/x-www-form-urlencoded; charset=latin1")]
    [TestCase("POST", "/v1/forms", "application/octet-stream")]
    [TestCase("PUT", "/v1/data/n", "image/png")]
    [TestCase("PUT", "/v1/data/n", Encoded)]
    public async Task Other_types_are_not_supported(string method, string path, string type)
    {
        using var response = await SendAsync(method, path, type, "x=1"u8.ToArray());
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.UnsupportedMediaType));
        Assert.That(
            await response.Content.ReadAsStringAsync(),
            Does.Contain(path == "/v1/forms"
                ? "must be application/json or a form in UTF-8, without content encoding."
                : "must be application/json in UTF-8, application/octet-stream or multipart/form-data, without content encoding."));
    }

    [Test]
    public async Task A_raw_body_may_be_of_any_type_but_not_encoded()
    {
        using var content = new ByteArrayContent([1]);
        content.Headers.ContentEncoding.Add("gzip");
        using var response = await App.Http.PutAsync("/v1/uploads/n", content);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.UnsupportedMediaType));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("must come without content encoding."));
    }

    [Test]
    public async Task Forms_can_be_switched_off()
    {
        await using var app = await TestApp.StartAsync(options => options.AcceptForms = false, map: app => app.MapGrpcService<FormService>());
        foreach (var type in new[] { Encoded, Multipart })
        {
            using var content = new StringContent("name=a");
            content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
            using var response = await app.Http.PostAsync("/v1/forms", content);
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.UnsupportedMediaType));
        }
    }

    private static string Parts(params (string Disposition, string? Type, string Content)[] parts) => string.Concat(parts.Select(part =>
        $"--b\r\ncontent-disposition: form-data; {part.Disposition}\r\n{(part.Type is null ? "" : $"content-type: {part.Type}\r\n")}\r\n{part.Content}\r\n")) + "--b--\r\n";

    private async Task ExpectAsync(string method, string path, string type, string body, int status, string expected)
    {
        using var response = await SendAsync(method, path, type, Encoding.UTF8.GetBytes(body));
        Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo(expected));
        Assert.That((int)response.StatusCode, Is.EqualTo(status));
    }

    private async Task<HttpResponseMessage> SendAsync(string method, string path, string type, byte[] body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("content-type", type);
        return await App.Http.SendAsync(request);
    }
}
