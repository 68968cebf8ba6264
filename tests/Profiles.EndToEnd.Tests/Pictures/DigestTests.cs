using System.Security.Cryptography;
using Google.Protobuf;
using Grpc.Core;
using Profiles.Api;
using Profiles.EndToEnd.Tests.Harness;
using Profiles.Pictures.Tests;
using Profiles.V1;

namespace Profiles.EndToEnd.Tests.Pictures;

/// <summary>Who says what the file has to be gets each wrong bit of it refused, by whatever way it comes, and nothing is stored.</summary>
internal sealed class DigestTests : DigestTest
{
    private const int Flips = 200;

    private static readonly ParallelOptions AtOnce = new() { MaxDegreeOfParallelism = 8 };

    [Test]
    public async Task Every_flipped_bit_is_refused([Values("jpeg", "png", "webp")] string kind, [ValueSource(nameof(Ways))] string way)
    {
        var image = Create(kind);
        await Parallel.ForAsync(0, Flips, AtOnce, async (i, _) =>
        {
            var flipped = Flip(image, i * image.Length / Flips, i % 8);
            var told = await SendAsync(way, image, flipped);

            Assert.That(told, Does.StartWith(way is Header or FormHeader ? "content-digest: must be that" : "image_sha256 must be that"), $"flip {i}");
            Assert.That(told, Does.Contain(await ArrivedAsync(way, flipped)));
            Assert.That((await DownloadAsync(AddressOf(flipped))).Status, Is.EqualTo(404));
        });

        Assert.That((await RestAsync("GET", "/v1/profiles/bob", ServerToken)).Reason, Is.EqualTo("PROFILE_NOT_FOUND"));
        Assert.That(await SendAsync(way, image, image), Is.Null);
        Assert.That((await DownloadAsync(AddressOf(image))).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task So_is_one_of_the_image_that_was_cut_out([Values] bool isForm)
    {
        var (image, cropped) = (NewImage(), TestImages.Webp(TestImages.Png(64, 64)));
        for (var i = 0; i < Flips; i++)
        {
            var told = await SendCroppedAsync(isForm, image, Flip(cropped, i * cropped.Length / Flips, i % 8), cropped);
            Assert.That(told, Does.StartWith("cropped_image_sha256 must be that of the file"), $"flip {i}");
        }

        Assert.That((await RestAsync("GET", "/v1/profiles/bob", ServerToken)).Reason, Is.EqualTo("PROFILE_NOT_FOUND"));
        Assert.That(await SendCroppedAsync(isForm, image, cropped, cropped), Is.Null);
    }

    [Test]
    public async Task What_was_refused_is_not_counted_as_a_change()
    {
        await SetRulesAsync("""{"changesPerDay":1}""");
        var (image, other) = (NewImage(), NewImage());
        var request = ("Idempotency-Key", Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString());

        foreach (var (query, header) in ((string, string)[])[($"?imageSha256={Hex(other)}", "md5=:AAAA:"), ("", $"sha-256=:{Base64(other)}:"), ("?imageSha256=", "md5=:AAAA:")])
            Assert.That((await RestAsync("PUT", MyPicture + query, UserToken, Raw(image), request, ("Content-Digest", header))).Status, Is.EqualTo(400));
        var message = Message(image);
        message.ImageSha256 = Hex(other);
        Assert.That((await RpcErrors.FailureOf(Pictures.SetMyPictureAsync(message, AsUser))).ViolatedFields(), Is.EqualTo(new[] { "image_sha256" }));
        Assert.That(await ToldAsync(StreamAsync(image, sha256: Hex(other))), Does.StartWith("image_sha256 must be that of the file"));
        var taken = await RestAsync("PUT", $"{MyPicture}?imageSha256={Hex(image).ToUpperInvariant()}", UserToken, Raw(image), request);

        Assert.That(PictureOf(taken), Does.EndWith(Hex(image)));
        Assert.That((await StreamAsync(image, sha256: Hex(image))).Unchanged);
        Assert.That((await UploadAsync(other)).Reason, Is.EqualTo("PICTURE_LIMIT_REACHED"));
    }

    [TestCase("")]
    [TestCase("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85", Description = "63 digits")]
    [TestCase("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b8555", Description = "65 digits")]
    [TestCase("g3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [TestCase(" e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85")]
    [TestCase("0xb0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [TestCase("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", Description = "base64")]
    [TestCase("sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:")]
    [TestCase("da39a3ee5e6b4b0d3255bfef95601890afd80709", Description = "SHA-1")]
    public async Task A_malformed_one_is_told_the_rule(string text)
    {
        var image = NewImage();
        var message = ToBob(image, text);
        using var form = FormOf(image, ("imageSha256", text));

        string?[] told =
        [
            await PutAsync(Raw(image), $"?imageSha256={Uri.EscapeDataString(text)}"), await PutAsync(form), await ToldAsync(Pictures.SetPictureAsync(message, AsServer).ResponseAsync),
            await StreamToBobAsync(image, text, atEnd: false), await StreamToBobAsync(image, text, atEnd: true),
        ];

        Assert.That(told, Is.All.EqualTo("image_sha256 must be a SHA-256 in 64 hexadecimal digits."));
        Assert.That((await DownloadAsync(AddressOf(image))).Status, Is.EqualTo(404));
    }

    [TestCase("", "must be a dictionary")]
    [TestCase("sha-256=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", "must be a dictionary")]
    [TestCase("sha-256=:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855:", "must have 32 bytes", Description = "hexadecimal digits")]
    [TestCase("sha-256=::", "must have 32 bytes")]
    [TestCase("sha-512=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:", "must have 64 bytes")]
    public async Task A_malformed_header_is_told_the_rule(string header, string rule)
    {
        var image = NewImage();
        using var form = Form(("image", image));

        foreach (var content in new[] { Raw(image), form })
            Assert.That(await PutAsync(content, headers: ("Content-Digest", header)), Does.StartWith($"content-digest: {rule}"));
        Assert.That((await DownloadAsync(AddressOf(image))).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task Unknown_algorithms_do_not_count_and_known_ones_all_do()
    {
        var image = NewImage();
        var (hash, other) = ($"sha-512=:{Convert.ToBase64String(SHA512.HashData(image))}:", $"sha-256=:{Base64(NewImage())}:");

        Assert.That(await PutAsync(Raw(image), headers: ("Content-Digest", $"{hash}, {other}")), Does.Contain($"sha-256=:{Base64(image)}: arrived"));
        Assert.That(await PutAsync(Raw(image), headers: ("Repr-Digest", other)), Does.StartWith("repr-digest: must be that of the content"));
        Assert.That(await PutAsync(Raw(image), headers: ("Content-Digest", $"md5=:AAAA:, {hash}")), Is.Null);
    }

    [Test]
    public async Task A_header_means_nothing_over_gRPC_and_is_not_ignored()
    {
        var message = ToBob(NewImage(), sha256: null);
        var header = $"sha-256=:{Base64(message.Image.Data.ToByteArray())}:";

        foreach (var name in (string[])["content-digest", "repr-digest"])
        {
            var failure = await RpcErrors.FailureOf(Pictures.SetPictureAsync(message, As(ServerToken, (name, header))));
            Assert.That((failure.StatusCode, failure.ViolatedFields().Single()), Is.EqualTo((StatusCode.InvalidArgument, name)));
            Assert.That(await WebAsync(message, (name, header)), Is.EqualTo($"{name} must not be sent over gRPC, where the content has more than the image: use image_sha256."));
        }
    }

    [Test]
    public async Task One_message_of_a_stream_says_it_and_a_crop_says_it_of_nothing()
    {
        var image = NewImage();
        using var call = Pictures.SetPictureStream(AsServer);
        await call.RequestStream.SendAllAsync(
            new SetPictureStreamRequest { UserId = "bob", Data = ByteString.CopyFrom(image), ImageSha256 = Hex(image) },
            new SetPictureStreamRequest { ImageSha256 = Hex(image) });

        Assert.That(await ToldAsync(call.ResponseAsync), Is.EqualTo("image_sha256 must be in one message only."));
        Assert.That(await PutAsync(Raw(image), $"?croppedImageSha256={Hex(image)}"), Is.EqualTo("cropped_image_sha256 must not be without cropped_image."));
    }

    [Test]
    public async Task Encoded_content_is_refused_whatever_is_said_of_it([Values] bool isForm)
    {
        var image = NewImage();
        using var form = Form(("image", image));
        var content = isForm ? form : Raw(image);
        content.Headers.ContentEncoding.Add("gzip");

        var answer = await RestAsync("PUT", "/v1/profiles/bob/picture", ServerToken, content, ("Content-Digest", $"sha-256=:{Base64(await content.ReadAsByteArrayAsync())}:"));

        Assert.That((answer.Status, answer.Reason), Is.EqualTo((415, "MEDIA_TYPE_UNSUPPORTED")));
        Assert.That((await DownloadAsync(AddressOf(image))).Status, Is.EqualTo(404));
    }

    [TestCase("?imageSha256=$(sha256sum FILE | cut -d ' ' -f 1)", "x-none: 1")]
    [TestCase("", "content-digest: sha-256=:$(openssl dgst -sha256 -binary FILE | base64):")]
    [TestCase("", "content-digest: sha-512=:$(openssl dgst -sha512 -binary FILE | base64 -w 0):")]
    public async Task A_shell_can_say_it(string query, string header)
    {
        var (image, file) = (NewImage(), Path.Combine(SharedServer.Data.Path, $"{Organization}.jpg"));
        await File.WriteAllBytesAsync(file, image);
        var command = $"curl -s -T FILE \"{SharedServer.Server.Http}{MyPicture[1..]}{query}\" -H \"{header}\" -H \"authorization: Bearer $(cat)\"";

        var (_, output, error) = await Tool.RunAsync("bash", ["-c", command.Replace("FILE", file, StringComparison.Ordinal)], UserToken);

        Assert.That(output, Does.Contain(Hex(image)), error);
    }

    private async Task<string?> SendCroppedAsync(bool isForm, byte[] image, byte[] sent, byte[] good)
    {
        if (!isForm)
        {
            var message = ToBob(image, Hex(image));
            (message.CroppedImage, message.CroppedImageSha256) = (new HttpBody { Data = ByteString.CopyFrom(sent) }, Hex(good));
            return await ToldAsync(Pictures.SetPictureAsync(message, AsServer).ResponseAsync);
        }

        using var form = FormOf(image, ("cropped_image_sha256", Hex(good)));
        form.Add(Raw(sent), "cropped_image", "face.webp");
        return await PutAsync(form);
    }

    private static byte[] Create(string kind) => kind switch
    {
        "png" => TestImages.Png(64, 64),
        "webp" => TestImages.Webp(TestImages.Png(64, 64)),
        _ => NewImage(96, 64),
    };

    private static byte[] Flip(byte[] file, int position, int bit)
    {
        var flipped = (byte[])file.Clone();
        flipped[position] ^= (byte)(1 << bit);
        return flipped;
    }
}
