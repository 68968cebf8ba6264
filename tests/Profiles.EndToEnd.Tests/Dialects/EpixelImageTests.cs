using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Grpc.Core;
using Profiles.Contracts.Epixel.V1;
using Profiles.EndToEnd.Tests.Harness;
using Profiles.Pictures.Tests;
using Own = Profiles.V1;

namespace Profiles.EndToEnd.Tests.Dialects;

/// <summary>Each upload of the document "User Profile", sent as its clients do; its errors word for word, and the daily limit.</summary>
internal sealed partial class EpixelImageTests : DialectTest
{
    private const string Document = "004 epixel";
    private const string Base = "https://<domain>/<api prefix>/<version>";
    private const string Path = "/api/v1/user/profile-image/";
    private const string NotAnImage = "Upload a valid image. The file you uploaded was either not an image or a corrupted image.";
    private const string Uploaded = """{"status_code":200,"errors":{},"data":{"ProfileImage":"(text)"}}""";

    private string key = string.Empty;

    private static DocumentedExample[] Uploads =>
    [
        Upload(136, "Node", "user/profile/profile-image/", "--------------------------123456789012345678901234", "image", "image/png"),
        Upload(131, "Node", "user/profile-image/", "--------------------------123456789012345678901234", "image", "image/png"),
        Upload(167, "PHP", "user/profile/profile-image/", "------------------------0123456789abcdef", "image root", "application/octet-stream"),
        Upload(131, "PHP", "user/profile-image/", "------------------------0123456789abcdef", "image root", "application/octet-stream"),
    ];

    [SetUp]
    public async Task CreateAppAsync() => key = await CreateKeyAsync(Own.ApiKeyType.Public);

    [TestCaseSource(nameof(Uploads))]
    public async Task An_image_is_taken_with_what_was_cut_out_of_it(DocumentedExample example)
    {
        var request = Fill(
            example.Request, ("domain", "epixel.example"), ("api prefix", "api"), ("version", "v1"), ("apikey", key), ("access-token", UserToken),
            ("image name", "image.png"), ("cropped_image name", "cropped.png"));

        var answer = await SendAsync(request, ("image uri", TestImages.Png(64, 48)), ("cropped_image uri", TestImages.SolidPng(48, 48)));

        Assert.That(answer.Status, Is.EqualTo(200), answer.Body);
        JsonForm.AssertMatches(example.Answer, answer.Body);
        var address = answer.Json!["data"]!["ProfileImage"]!.GetValue<string>();
        using var image = await Http.GetAsync(address);
        var profile = await RestAsync("GET", "/api/v1/user/get/profile/", UserToken, json: null, ("apikey", key));
        Assert.That(image.Content.Headers.ContentType!.MediaType, Is.EqualTo("image/webp"));
        Assert.That((await ReadAsync()).Picture, Is.EqualTo(address));
        Assert.That(profile.Json!["data"]!["ProfileImage"]!.GetValue<string>(), Is.EqualTo(address));
    }

    // Lines 194 and 198.
    [TestCase("image", true)]
    [TestCase("image", false)]
    [TestCase("cropped_image", true)]
    [TestCase("cropped_image", false)]
    public async Task What_is_no_image_or_a_damaged_one_is_refused_in_the_documented_words(string field, bool isDamaged)
    {
        var bad = isDamaged ? TestImages.Png(64, 64)[..^200] : "no image"u8.ToArray();
        var good = TestImages.Png(64, 64);

        var answer = field == "image" ? await UploadAsync(bad) : await UploadAsync(good, bad);

        AssertRefused(answer, field, NotAnImage);
    }

    [TestCase("image")]
    [TestCase("cropped_image")]
    public async Task An_empty_file_is_no_image(string field) =>
        AssertRefused(field == "image" ? await UploadAsync([]) : await UploadAsync(TestImages.Png(64, 64), []), field, NotAnImage);

    [Test]
    public async Task An_image_of_the_wrong_size_is_told_the_rule()
    {
        Assert.That((await UploadAsync(TestImages.Png(48, 48))).Status, Is.EqualTo(200));
        AssertRefused(await UploadAsync(TestImages.Png(47, 48)), "image", "Must have at least 48 pixels a side, yet has 47×48.");
    }

    [Test]
    public async Task An_image_that_is_too_large_is_told_the_rule()
    {
        const int Most = 10 * 1024 * 1024;
        AssertRefused(await UploadAsync(new byte[Most]), "image", NotAnImage);
        AssertRefused(await UploadAsync(new byte[Most + 1]), "image", "Must have at most 10 MiB, yet has 10485761 bytes.");

        var beyondAll = await UploadAsync(new byte[Most], new byte[Most + (128 * 1024)]);

        Assert.That(beyondAll.Status, Is.EqualTo(413));
        JsonForm.AssertMatches("""{"status_code":413,"errors":{"detail":["(text)"]},"data":{}}""", beyondAll.Json!.ToJsonString());
    }

    // Lines 200 to 203.
    [Test]
    public async Task Beyond_the_daily_limit_the_answer_says_when_to_try_again()
    {
        await RestAsync(
            "PATCH", $"/v1/organizations/{Organization}", SharedServer.AdministratorToken, """{"settings":{"pictures":{"changesPerDay":1}}}""");
        await UploadAsync(TestImages.Png(64, 48));

        var answer = await UploadAsync(TestImages.Png(80, 48));

        Assert.That(answer.Status, Is.EqualTo(429));
        JsonForm.AssertMatches("""{"status_code":429,"errors":{"detail":["(text)"]},"data":{}}""", answer.Json!.ToJsonString());
        var sentence = answer.Json["errors"]!["detail"]![0]!.GetValue<string>();
        var time = Sentence().Match(sentence);
        Assert.That(time.Success, Is.True, sentence);
        var delay = new TimeSpan(Number(time, "hours"), Number(time, "minutes"), Number(time, "seconds"));
        Assert.That(delay, Is.EqualTo(TimeSpan.FromHours(24)).Within(TimeSpan.FromMinutes(1)));
        Assert.That(answer.Response.Headers.RetryAfter!.Delta, Is.EqualTo(delay).Within(TimeSpan.FromSeconds(1)));
    }

    [Test]
    public async Task A_form_that_is_not_what_its_digest_says_is_refused()
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(TestImages.Png(64, 64)), "image", "image.png" } };
        var hash = Convert.ToBase64String(SHA256.HashData(await form.ReadAsByteArrayAsync()));
        using var other = new MultipartFormDataContent { { new ByteArrayContent(TestImages.Png(64, 64)), "image", "image.png" } };

        var refused = await RestAsync("POST", Path, UserToken, other, ("apikey", key), ("Content-Digest", $"sha-256=:{hash}:"));
        var taken = await RestAsync("POST", Path, UserToken, form, ("apikey", key), ("Content-Digest", $"sha-256=:{hash}:"));

        Assert.That((refused.Status, taken.Status), Is.EqualTo((400, 200)), refused.Json?.ToString());
        JsonForm.AssertMatches("""{"status_code":400,"errors":{"content-digest":["(text)"]},"data":{}}""", refused.Json!.ToJsonString());
    }

    [Test]
    public async Task An_organization_that_takes_no_images_says_so()
    {
        await RestAsync("PATCH", $"/v1/organizations/{Organization}", SharedServer.AdministratorToken, """{"settings":{"pictures":{"upload":false}}}""");

        var answer = await UploadAsync(TestImages.Png(64, 64));

        Assert.That(answer.Status, Is.EqualTo(403));
        JsonForm.AssertMatches("""{"status_code":403,"errors":{"detail":["(text)"]},"data":{}}""", answer.Json!.ToJsonString());
    }

    [Test]
    public async Task It_is_reached_over_grpc_too()
    {
        var images = new ProfileImageService.ProfileImageServiceClient(Invoker);
        var request = new UploadProfileImageRequest { Image = Google.Protobuf.ByteString.CopyFrom(TestImages.Png(64, 64)) };

        var answer = await images.UploadProfileImageAsync(request, As(UserToken, ("apikey", key)));
        var failure = await RpcErrors.FailureOf(images.UploadProfileImageAsync(new(), As(UserToken, ("apikey", key))));

        Assert.That((await ReadAsync()).Picture, Is.EqualTo(answer.Data.ProfileImage));
        Assert.That((failure.StatusCode, failure.ViolatedFields()), Is.EqualTo((StatusCode.InvalidArgument, (string[])["image"])));
    }

    private static DocumentedExample Upload(int line, string client, string path, string boundary, string name, string type) => new(
        Document, line, client,
        $"""
        POST {Base}/{path}
        apikey: <apikey>
        Authorization: Bearer <access-token>
        Content-Type: multipart/form-data; boundary={boundary}

        --{boundary}
        Content-Disposition: form-data; name="image"; filename="{name}.png"
        Content-Type: {type}

        <image uri>
        --{boundary}
        Content-Disposition: form-data; name="cropped_image"; filename="cropped.png"
        Content-Type: {type}

        <cropped_image uri>
        --{boundary}--

        """,
        200, Uploaded);

    private async Task<RestAnswer> UploadAsync(byte[] image, byte[]? cropped = null)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(image), "image", "image.png" } };
        if (cropped is not null)
            form.Add(new ByteArrayContent(cropped), "cropped_image", "cropped.png");
        // Who waits for leave to send hears of a refusal before.
        return await RestAsync("POST", Path, UserToken, form, ("apikey", key), ("Expect", "100-continue"));
    }

    private static void AssertRefused(RestAnswer answer, string field, string text)
    {
        Assert.That(answer.Status, Is.EqualTo(400), answer.Json?.ToString());
        Assert.That(answer.Json!["errors"]!.AsObject().Select(error => error.Key), Is.EqualTo((string[])[field]));
        Assert.That(answer.Json["errors"]![field]!.AsArray().Select(found => found!.GetValue<string>()), Is.EqualTo((string[])[text]));
    }

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].Value, System.Globalization.CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"^Your daily profile update limit exceeded\. Expected available in (?<hours>\d\d) hours (?<minutes>\d{1,2}) minutes and (?<seconds>\d\d) seconds\.$",
        RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Sentence();
}
