using System.Security.Cryptography;
using System.Text;
using Grpc.Core;
using Profiles.EndToEnd.Tests.Harness;
using Profiles.Pictures.Tests;

namespace Profiles.EndToEnd.Tests.Pictures;

/// <summary>What is no image, or a harmful one, is refused in words by whatever way it comes, and leaves nothing behind.</summary>
internal sealed class HostileImageTests : PictureTest
{
    private static IEnumerable<TestCaseData> Files()
    {
        yield return File("empty", [], "JPEG, PNG or WebP");
        yield return File("text", Encoding.ASCII.GetBytes("no image at all"), "is text");
        yield return File("SVG", Encoding.ASCII.GetBytes("<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>"), "is an SVG");
        yield return File("GIF", Encoding.ASCII.GetBytes("GIF89a\u0001\0\u0001\0\0\0\0;"), "is a GIF");
        yield return File("HEIC", Encoding.ASCII.GetBytes("\0\0\0\u0018ftypheic\0\0\0\0mif1heic"), "is a HEIC");
        yield return File("1x1", TestImages.SolidPng(1, 1), "at least 48 pixels");
        yield return File("30000x30000", TestImages.PngBomb(30_000, 30_000), "at most 12,000 pixels");
        yield return File("64 megapixels", TestImages.PngBomb(8_000, 8_000), "at most 40 megapixels");
        yield return File("animated WebP", TestImages.AnimatedWebp(), "animated");
        yield return File("CMYK", TestImages.CmykJpeg(TestImages.Png(64, 64)), "CMYK");
        yield return File("16 bits", TestImages.DeepPng(64, 64), "8 bits a channel");
        yield return File("half a PNG", TestImages.Png(64, 64)[..^30], "ends early");
        yield return File("no pixels", TestImages.PngBomb(64, 64), "damaged");
    }

    [TestCaseSource(nameof(Files))]
    public async Task It_is_refused_in_words(byte[] file, string words)
    {
        var raw = await UploadAsync(file);
        var form = await RestAsync("PUT", MyPicture, UserToken, Form(("image", file)));
        var grpc = await RpcErrors.FailureOf(Pictures.SetMyPictureAsync(Message(file), AsUser));
        var stream = await Assert.ThrowsAsync<RpcException>(() => StreamAsync(file));

        foreach (var answer in new[] { raw, form })
        {
            Assert.That((answer.Status, answer.Reason), Is.EqualTo((400, "INVALID_REQUEST")), answer.Json?.ToString());
            Assert.That(answer.Json!["message"]!.GetValue<string>(), Does.Contain(words));
        }

        foreach (var failure in new[] { grpc, stream! })
        {
            Assert.That(failure.StatusCode, Is.EqualTo(StatusCode.InvalidArgument));
            Assert.That(failure.Status.Detail, Does.Contain(file.Length == 0 && failure == stream ? "image" : words));
        }

        await AssertNothingStoredAsync(file);
    }

    [Test]
    public async Task It_is_refused_wherever_it_is_cut_off()
    {
        var image = NewImage(96, 64);
        for (var length = 0; length < image.Length; length += 10)
        {
            var answer = await UploadAsync(image[..length]);
            Assert.That((answer.Status, string.Join(',', answer.ViolatedFields)), Is.EqualTo((400, "image")), $"{length} of {image.Length}");
        }

        await AssertNothingStoredAsync(image[..^10]);
    }

    [Test]
    public async Task A_flipped_bit_gives_a_picture_or_a_refusal_and_then_nothing_is_stored([Values("jpeg", "png", "webp")] string kind)
    {
        var image = kind switch
        {
            "png" => TestImages.Png(64, 64),
            "webp" => TestImages.Webp(TestImages.Png(64, 64)),
            _ => NewImage(96, 64),
        };
        for (var i = 0; i < image.Length; i += Math.Max(image.Length / 60, 1))
        {
            var flipped = (byte[])image.Clone();
            flipped[i] ^= (byte)(1 << (i % 8));
            var answer = await RestAsync("PUT", "/v1/profiles/bob/picture", ServerToken, Raw(flipped));
            var (status, _, square) = await DownloadAsync(AddressOf(flipped));

            if (kind != "png" && answer.Status == 200)
            {
                var (width, height, _) = TestImages.Decode(square, "webp");
                Assert.That((width, height), Is.EqualTo((512, 512)), $"{i}");
                continue;
            }

            Assert.That((answer.Status, string.Join(',', answer.ViolatedFields), status), Is.EqualTo((400, "image", 404)), $"{i}: {answer.Json}");
        }
    }

    [Test]
    public async Task A_form_has_to_be_right()
    {
        var image = NewImage();
        using var two = Form(("image", image), ("image", image));
        using var misnamed = Form(("picture", image));
        using var none = new MultipartFormDataContent { { new StringContent("0"), "crop.left" } };
        using var uneven = new MultipartFormDataContent { { Raw(image), "image", "image.png" }, { new StringContent("x"), "crop.left" } };
        using var queried = Form(("image", image));

        await RefuseAsync(two, "image");
        await RefuseAsync(misnamed, "picture");
        await RefuseAsync(none, "image");
        await RefuseAsync(uneven, "crop.left");
        Assert.That((await RestAsync("PUT", $"{MyPicture}?crop.left=1", UserToken, queried)).Status, Is.EqualTo(400));
        await AssertNothingStoredAsync(image);
    }

    [Test]
    public async Task A_crop_has_to_lie_in_the_image()
    {
        var image = NewImage();

        Assert.That((await UploadAsync(image, query: "?crop.left=600&crop.width=100&crop.height=100")).ViolatedFields, Is.EqualTo(new[] { "crop" }));
        Assert.That((await UploadAsync(image, query: "?crop.width=100")).ViolatedFields, Is.EqualTo(new[] { "crop" }));
        await AssertNothingStoredAsync(image);
    }

    [Test]
    public async Task A_body_that_no_image_can_fill_is_refused_as_such()
    {
        // Asked ahead, lest the answer be lost with the connection that is closed.
        var answer = await RestAsync("PUT", MyPicture, UserToken, Raw(new byte[22 * 1024 * 1024]), ("Expect", "100-continue"));

        Assert.That((answer.Status, answer.Reason), Is.EqualTo((413, "BODY_TOO_LARGE")));
    }

    private async Task RefuseAsync(HttpContent form, string field)
    {
        var answer = await RestAsync("PUT", MyPicture, UserToken, form);
        Assert.That((answer.Status, string.Join(',', answer.ViolatedFields)), Is.EqualTo((400, field)), answer.Json?.ToString());
    }

    private async Task AssertNothingStoredAsync(byte[] file)
    {
        Assert.That((await RestAsync("GET", MyProfile, UserToken)).Reason, Is.EqualTo("PROFILE_NOT_FOUND"));
        Assert.That((await DownloadAsync(AddressOf(file))).Status, Is.EqualTo(404));
    }

    private string AddressOf(byte[] file) => $"/v1/pictures/{Organization}~{Convert.ToHexStringLower(SHA256.HashData(file))}";

    private static TestCaseData File(string name, byte[] file, string words) => new TestCaseData(file, words).SetArgDisplayNames(name);
}
