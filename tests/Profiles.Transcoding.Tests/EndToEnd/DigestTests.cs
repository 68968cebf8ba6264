using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Profiles.Transcoding.Binding;
using Profiles.Transcoding.Errors;
using Profiles.Transcoding.Tests.Services;
using Profiles.Transcoding.Tests.Support;

namespace Profiles.Transcoding.Tests.EndToEnd;

/// <summary>A request may say what its content has to be (RFC 9530). What says so and is not is refused, whatever form it has.</summary>
public class DigestTests : AppFixture
{
    private const string Multipart = "multipart/form-data; boundary=b";
    private const string Form = "preamble\r\n--b\r\ncontent-disposition: form-data; name=name\r\n\r\na\r\n--b--\r\nepilogue";

    private protected override Task<TestApp> StartAsync() => TestApp.StartAsync(
        options => options.MaxRequestBodySize = 200_000, map: app => app.MapGrpcService<FormService>());

    [TestCase("sha-256=:{256}:")]
    [TestCase("sha-512=:{512}:")]
    [TestCase("sha-256=:{256}:, sha-512=:{512}:")]
    [TestCase("sha-256=:{256}:\t,\tsha-512=:{512}:")]
    [TestCase("  sha-256=:{256}:  ")]
    [TestCase("sha-256=:{unpadded}:", Description = "a parser takes base64 without padding (RFC 9651, section 4.2.7)")]
    [TestCase("sha-256=:AAAA:, sha-256=:{256}:", Description = "the last of a name counts (section 4.2.2)")]
    [TestCase("md5=:AAAA:, sha-256=:{256}:", Description = "nobody need know all algorithms")]
    [TestCase("md5=:AAAA:")]
    [TestCase("*x.y-z_0=::")]
    [TestCase("sha-256=:{256}:;a;b=1; c=\"x\\\" ,:\";d=tok/en;e=?0;f=:AA==:;g=@-1;h=%\"%c3%a4\", md5=:AAAA:", Description = "parameters say nothing")]
    public Task A_digest_of_the_content_is_taken(string header) => ExpectAsync(header, 200, null);

    [TestCase("sha-256=:{other}:", "must be that of the content, yet 12 bytes with sha-256=:{256}: arrived")]
    [TestCase("sha-512=:{other512}:", "must be that of the content, yet 12 bytes with sha-512=:{512}: arrived")]
    [TestCase("sha-256=:{256}:, sha-512=:{other512}:", "sha-512=:{512}: arrived", Description = "each must be it")]
    [TestCase("sha-256=:{other}:, sha-512=:{512}:", "sha-256=:{256}: arrived")]
    [TestCase("sha-256=:{256}:, sha-256=:{other}:", "sha-256=:{256}: arrived")]
    [TestCase("sha-256=::", "must have 32 bytes in base64 as sha-256")]
    [TestCase("sha-256=:AAAA:", "must have 32 bytes")]
    [TestCase("sha-256=:{512}:", "must have 32 bytes")]
    [TestCase("sha-512=:{256}:", "must have 64 bytes")]
    [TestCase("sha-256=:{256}=:", "must have 32 bytes", Description = "too much padding")]
    [TestCase("", "must be a dictionary")]
    [TestCase(",", "must be a dictionary")]
    [TestCase("sha-256=:{256}:,", "must be a dictionary")]
    [TestCase("{256}", "must be a dictionary")]
    [TestCase("sha-256", "must be a dictionary")]
    [TestCase("sha-256={256}", "must be a dictionary", Description = "as in the header Digest, which is obsolete")]
    [TestCase("sha-256=\"{256}\"", "must be a dictionary")]
    [TestCase("sha-256=:{256}", "must be a dictionary")]
    [TestCase("sha-256=:{256}:x", "must be a dictionary")]
    [TestCase("sha-256=:{256}: sha-512=:{512}:", "must be a dictionary")]
    [TestCase("SHA-256=:{256}:", "must be a dictionary", Description = "keys are in lower case")]
    [TestCase("sha-256 = :{256}:", "must be a dictionary")]
    [TestCase("sha-256=:____:", "must be a dictionary", Description = "the other alphabet")]
    [TestCase("sha-256=:A=A=:", "must be a dictionary")]
    [TestCase("sha-256=(:{256}:)", "must be a dictionary")]
    [TestCase("sha-256=:{256}:;", "must be a dictionary")]
    [TestCase("sha-256=:{256}:;a=\"", "must be a dictionary")]
    [TestCase("md5=1", "must be a dictionary", Description = "no digest, whatever the algorithm")]
    public Task Any_other_is_refused_by_its_rule(string header, string told) => ExpectAsync(header, 400, told);

    [Test]
    public void Whatever_a_header_says_it_is_read_or_refused()
    {
        const string good = "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:;a=\"\\\" \";b;c=?1 , \tmd5=:AA==:";
        const string letters = "a:=;,\"\\ \t*%?@-/A0\u00E4\0";
        var (random, refused) = (new Random(9530), 0);
        for (var i = 0; i < 20_000; i++)
        {
            var text = new StringBuilder(good);
            for (var changes = random.Next(1, 4); changes > 0; changes--)
                text.Remove(random.Next(text.Length), 1).Insert(random.Next(text.Length), letters[random.Next(letters.Length)]);
            refused += IsRefused(text.ToString()) ? 1 : 0;
        }

        Assert.That(IsRefused(good), Is.False);
        Assert.That(refused, Is.InRange(10_000, 19_900), "some changes are those of a parameter or an unknown algorithm");
    }

    // As large as headers may be. The expression gives up after a second, which would be no refusal.
    [TestCase("sha-256=:", "A", ":")]
    [TestCase("md5=:AAAA:", " ", "x")]
    [TestCase("md5=:AAAA:,", " ", "x")]
    [TestCase("md5=:AAAA:", ";a", "!")]
    [TestCase("md5=:AAAA:", ";a=a", " x")]
    [TestCase("md5=:AAAA:;a=\"", "\\\"", "x")]
    [TestCase("md5=:AAAA:", ", md5=:AAAA:", "x")]
    [TestCase("md5=:AAAA:", ",\tmd5=:AAAA:;a;  b=\"\"", "x")]
    [TestCase("", "a", "")]
    public void A_long_header_costs_no_more_than_its_length(string begin, string repeated, string end) =>
        Assert.That(IsRefused(begin + string.Concat(Enumerable.Repeat(repeated, 32_000 / repeated.Length)) + end));

    [TestCase("content-digest")]
    [TestCase("repr-digest")]
    public async Task Lines_of_a_header_are_one(string name)
    {
        var content = """{"name":"a"}"""u8.ToArray();
        string[] good = ["md5=:AAAA:", Fill("sha-256=:{256}:", content)], bad = ["md5=:AAAA:", "sha-256=:AAAA:"];

        Assert.That(await SendAsync("POST", "/v1/forms", "application/json", content, [.. good.Select(line => (name, line))]), Is.EqualTo((200, "")));
        Assert.That(await SendAsync("POST", "/v1/forms", "application/json", content, [.. bad.Select(line => (name, line))]), Is.EqualTo((400, name)));
    }

    [Test]
    public async Task Each_header_has_to_be_right()
    {
        var content = """{"name":"a"}"""u8.ToArray();
        var (good, bad) = (Fill("sha-256=:{256}:", content), Fill("sha-256=:{other}:", content));

        foreach (var (first, second, field) in ((string, string, string)[])[(good, good, ""), (bad, good, "content-digest"), (good, bad, "repr-digest")])
        {
            var answer = await SendAsync("POST", "/v1/forms", "application/json", content, ("content-digest", first), ("Repr-Digest", second));
            Assert.That(answer, Is.EqualTo((field.Length == 0 ? 200 : 400, field)));
        }
    }

    [TestCase("POST", "/v1/forms", "application/json", """{"name":"a"}""")]
    [TestCase("POST", "/v1/forms", "application/x-www-form-urlencoded", "name=a")]
    [TestCase("POST", "/v1/forms", Multipart, Form)]
    [TestCase("PUT", "/v1/uploads/n", "image/png", "PNG")]
    [TestCase("PUT", "/v1/uploads/n", Multipart, "--b\r\ncontent-disposition: form-data; name=file; filename=x\r\n\r\nPNG\r\n--b--")]
    [TestCase("PUT", "/v1/data/n", "application/octet-stream", "PNG")]
    [TestCase("POST", "/v1/store", "text/csv", "a,b")]
    public async Task A_flipped_bit_is_noticed_wherever_it_is(string method, string path, string type, string body)
    {
        var content = Encoding.UTF8.GetBytes(body);
        var header = ("content-digest", Fill("sha-512=:{512}:", content));
        Assert.That(await SendAsync(method, path, type, content, header), Is.EqualTo((200, "")));

        for (var bit = 0; bit < 8 * content.Length; bit++)
        {
            var flipped = (byte[])content.Clone();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.That(await SendAsync(method, path, type, flipped, header), Is.EqualTo((400, "content-digest")), bit.ToString(CultureInfo.InvariantCulture));
        }

        Assert.That(await SendAsync(method, path, type, content[..^1], header), Is.EqualTo((400, "content-digest")));
        Assert.That(await SendAsync(method, path, type, [], header), Is.EqualTo((400, "content-digest")), "lost on the way");
    }

    [Test]
    public async Task Content_that_comes_in_pieces_is_read_to_its_end([Values] bool isForm)
    {
        var file = new byte[150_000];
        Random.Shared.NextBytes(file);
        byte[] body = isForm ? [.. "--b\r\ncontent-disposition: form-data; name=file; filename=x\r\n\r\n"u8, .. file, .. "\r\n--b--\r\n"u8] : file;
        var header = ("content-digest", Fill("sha-256=:{256}:", body));
        var type = isForm ? Multipart : "image/png";

        Assert.That(await SendAsync("PUT", "/v1/uploads/n", type, body, header), Is.EqualTo((200, "")));
        body[140_000] ^= 1;
        Assert.That(await SendAsync("PUT", "/v1/uploads/n", type, body, header), Is.EqualTo((400, "content-digest")));
    }

    [TestCase("PUT", "/v1/uploads/n", Multipart, 413)]
    [TestCase("PUT", "/v1/uploads/n", "image/png", 413)]
    public async Task The_limit_of_bodies_stays(string method, string path, string type, int status)
    {
        var body = new byte[200_001];
        Assert.That((await SendAsync(method, path, type, body, ("content-digest", Fill("sha-256=:{256}:", body)))).Status, Is.EqualTo(status));
    }

    [Test]
    public async Task A_request_without_content_has_the_digest_of_nothing()
    {
        Assert.That(await SendAsync("GET", "/v1/books", null, null, ("content-digest", Fill("sha-256=:{256}:", []))), Is.EqualTo((200, "")));
        Assert.That(await SendAsync("GET", "/v1/books", null, null, ("content-digest", Fill("sha-256=:{other}:", []))), Is.EqualTo((400, "content-digest")));
    }

    [Test]
    public async Task Encoded_content_is_no_content_whatever_its_digest()
    {
        using var content = new ByteArrayContent([1]);
        content.Headers.ContentEncoding.Add("gzip");
        content.Headers.Add("content-digest", Fill("sha-256=:{256}:", [1]));
        using var response = await App.Http.PutAsync("/v1/uploads/n", content);
        Assert.That((int)response.StatusCode, Is.EqualTo(415));
    }

    private static bool IsRefused(string header)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers["content-digest"] = header;
        try
        {
            return ContentDigest.Of(request) is null;
        }
        catch (RequestFault)
        {
            return true;
        }
    }

    private async Task ExpectAsync(string header, int status, string? told)
    {
        var content = """{"name":"a"}"""u8.ToArray();
        using var request = Request("POST", "/v1/forms", "application/json", content, ("content-digest", Fill(header, content)));
        using var response = await App.Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();

        Assert.That((int)response.StatusCode, Is.EqualTo(status), text);
        if (told is null) return;
        var error = JsonDocument.Parse(text).RootElement;
        var violation = error.GetProperty("details")[0].GetProperty("fieldViolations")[0];
        Assert.That(violation.GetProperty("field").GetString(), Is.EqualTo("content-digest"));
        Assert.That(violation.GetProperty("description").GetString(), Does.Contain(Fill(told, content)));
        Assert.That(error.GetProperty("message").GetString(), Does.StartWith("content-digest: "));
    }

    /// <returns>The status, and the field that breaks a rule.</returns>
    private async Task<(int Status, string Field)> SendAsync(
        string method, string path, string? type, byte[]? content, params (string Name, string Value)[] headers)
    {
        using var request = Request(method, path, type, content, headers);
        using var response = await App.Http.SendAsync(request);
        if (response.IsSuccessStatusCode || !response.Content.Headers.ContentType!.MediaType!.Contains("json", StringComparison.Ordinal)) return ((int)response.StatusCode, "");
        var error = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        var violation = error.TryGetProperty("details", out var details) ? details[0].GetProperty("fieldViolations")[0] : default;
        return ((int)response.StatusCode, violation.ValueKind == JsonValueKind.Undefined ? "" : violation.GetProperty("field").GetString()!);
    }

    private static HttpRequestMessage Request(string method, string path, string? type, byte[]? content, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (content is not null)
        {
            request.Content = new ByteArrayContent(content);
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type!);
        }

        foreach (var (name, value) in headers) Assert.That(request.Headers.TryAddWithoutValidation(name, value));
        return request;
    }

    private static string Fill(string text, byte[] content)
    {
        var (small, large) = (SHA256.HashData(content), SHA512.HashData(content));
        return text
            .Replace("{256}", Convert.ToBase64String(small), StringComparison.Ordinal)
            .Replace("{512}", Convert.ToBase64String(large), StringComparison.Ordinal)
            .Replace("{unpadded}", Convert.ToBase64String(small).TrimEnd('='), StringComparison.Ordinal)
            .Replace("{other}", Convert.ToBase64String(SHA256.HashData(small)), StringComparison.Ordinal)
            .Replace("{other512}", Convert.ToBase64String(SHA512.HashData(small)), StringComparison.Ordinal);
    }
}
