using System.Security.Cryptography;
using Google.Protobuf;
using Profiles.Api;
using Profiles.EndToEnd.Tests.Harness;
using Profiles.Pictures.Tests;
using Profiles.V1;

namespace Profiles.EndToEnd.Tests.Pictures;

/// <summary>A picture is the same by whatever way it comes, and is served to everybody.</summary>
internal sealed class UploadTests : PictureTest
{
    [Test]
    public async Task Every_way_to_upload_gives_the_same_picture()
    {
        var image = NewImage();
        var expected = $"{SharedServer.Server.Http}v1/pictures/{Organization}~{Convert.ToHexStringLower(SHA256.HashData(image))}";

        var raw = PictureOf(await UploadAsync(image));
        var form = PictureOf(await RestAsync("PUT", MyPicture, UserToken, Form(("image", image))));
        var unary = await Pictures.SetMyPictureAsync(Message(image), AsUser);
        var stream = await StreamAsync(image);
        var curl = await CurlAsync(image);
        var server = await Pictures.SetPictureAsync(
            new SetPictureRequest { UserId = "alice", Image = new HttpBody { Data = ByteString.CopyFrom(image) } }, AsServer);

        Assert.That(new[] { raw, form, unary.Profile.Picture, stream.Profile.Picture, curl, server.Profile.Picture }, Is.All.EqualTo(expected));
        Assert.That((unary.Unchanged, stream.Unchanged, server.Unchanged), Is.EqualTo((true, true, true)));
        Assert.That(unary.Profile.Revision, Is.EqualTo(1));
        Assert.That(expected, Does.EndWith(stream.PictureId));
    }

    [Test]
    public async Task A_picture_is_served_in_three_sizes_to_everybody()
    {
        var address = PictureOf(await UploadAsync(NewImage()));

        foreach (var (path, side) in ((string, int)[])[(address, 512), ($"{address}/512", 512), ($"{address}/128", 128), ($"{address}/48", 48)])
        {
            var (status, response, body) = await DownloadAsync(path);

            Assert.That(status, Is.EqualTo(200), path);
            Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo("image/webp"));
            Assert.That(response.Headers.CacheControl!.ToString(), Is.EqualTo("public, max-age=31536000, immutable"));
            Assert.That(response.Headers.GetValues("x-content-type-options"), Is.EqualTo(new[] { "nosniff" }));
            Assert.That(response.Headers.ETag!.IsWeak, Is.False);
            var (width, height, _) = TestImages.Decode(body, "webp");
            Assert.That((width, height), Is.EqualTo((side, side)));

            var (again, _, nothing) = await DownloadAsync(path, response.Headers.ETag.ToString());
            Assert.That((again, nothing.Length), Is.EqualTo((304, 0)));
        }
    }

    [Test]
    public async Task GRPC_gives_what_REST_gives()
    {
        var set = await Pictures.SetMyPictureAsync(Message(NewImage()), AsUser);

        var picture = await Pictures.GetPictureAsync(new GetPictureRequest { PictureId = set.PictureId, Size = 128 });

        Assert.That(picture.Image.ContentType, Is.EqualTo("image/webp"));
        Assert.That(picture.Image.Data.ToByteArray(), Is.EqualTo((await DownloadAsync($"{set.Profile.Picture}/128")).Body));
    }

    [Test]
    public async Task What_is_no_picture_is_not_found([Values("512", "128")] string size)
    {
        var unknown = $"/v1/pictures/{Organization}~{new string('0', 64)}/{size}";

        Assert.That((await RestAsync("GET", unknown, string.Empty)).Reason, Is.EqualTo("PICTURE_NOT_FOUND"));
        Assert.That((await RestAsync("GET", $"{PictureOf(await UploadAsync(NewImage()))}/64", string.Empty)).ViolatedFields, Is.EqualTo(new[] { "size" }));
        Assert.That((await RestAsync("GET", "/v1/pictures/something", string.Empty)).ViolatedFields, Is.EqualTo(new[] { "picture_id" }));
    }

    private async Task<string> CurlAsync(byte[] image)
    {
        var file = Path.Combine(SharedServer.Data.Path, $"{Organization}.jpg");
        await File.WriteAllBytesAsync(file, image);
        var (exit, output, error) = await Tool.RunAsync(
            "curl", ["--silent", "--fail", "-T", file, $"{SharedServer.Server.Http}{MyPicture[1..]}", "-H", $"authorization: Bearer {UserToken}"]);
        Assert.That(exit, Is.Zero, error);
        return System.Text.Json.Nodes.JsonNode.Parse(output)!["profile"]!["picture"]!.GetValue<string>();
    }
}
