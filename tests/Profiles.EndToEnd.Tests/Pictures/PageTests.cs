using System.Net.Http.Headers;
using System.Security.Cryptography;
using Google.Protobuf;
using Profiles.EndToEnd.Tests.Harness;
using Profiles.V1;

namespace Profiles.EndToEnd.Tests.Pictures;

/// <summary>Pages upload by gRPC-Web, or a form.</summary>
internal sealed class PageTests : PictureTest
{
    // What a page does with <input type="file" name="image">; Node.js has the same FormData and fetch.
    private const string Page =
        """
        const [address, token, image] = process.argv.slice(1);
        const form = new FormData();
        form.append("image", new Blob([Buffer.from(image, "base64")], { type: "image/png" }), "me.png");
        form.append("crop.left", "10");
        form.append("crop.top", "20");
        form.append("crop.width", "100");
        form.append("crop.height", "100");
        const answer = await fetch(address, { method: "PUT", body: form, headers: { authorization: `Bearer ${token}` } });
        console.log((await answer.json()).profile.picture);
        """;

    [Test]
    public async Task A_form_of_a_page_gives_the_picture_that_gRPC_gives()
    {
        var image = NewImage(200, 150);
        var request = Message(image);
        request.Crop = new CropRectangle { Left = 10, Top = 20, Width = 100, Height = 100 };
        var expected = (await Pictures.SetMyPictureAsync(request, AsUser)).Profile.Picture;
        await RestAsync("DELETE", MyPicture, UserToken);

        var (exit, output, error) = await Tool.RunAsync(
            "node", ["--input-type=module", "-e", Page, "--", $"{SharedServer.Server.Http}{MyPicture[1..]}", UserToken, Convert.ToBase64String(image)]);

        Assert.That((exit, output.Trim()), Is.EqualTo((0, expected)), error);
    }

    [Test]
    public async Task GRPC_Web_gives_the_picture_that_REST_gives([Values("application/grpc-web+proto", "application/grpc-web-text")] string type)
    {
        var image = NewImage();
        var message = Message(image).ToByteArray();
        byte[] frame = [0, (byte)(message.Length >> 24), (byte)(message.Length >> 16), (byte)(message.Length >> 8), (byte)message.Length, .. message];
        using var content = new ByteArrayContent(type.EndsWith("text", StringComparison.Ordinal) ? System.Text.Encoding.ASCII.GetBytes(Convert.ToBase64String(frame)) : frame);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);

        using var call = new HttpRequestMessage(HttpMethod.Post, "/profiles.v1.PictureService/SetMyPicture") { Content = content };
        call.Headers.Authorization = new AuthenticationHeaderValue("Bearer", UserToken);
        using var response = await Http.SendAsync(call);

        Assert.That(response.Headers.Contains("grpc-status"), Is.False);
        var profile = await RestAsync("GET", MyProfile, UserToken);
        Assert.That(profile.Json!["picture"]!.GetValue<string>(), Does.EndWith(Convert.ToHexStringLower(SHA256.HashData(image))));
        Assert.That((await UploadAsync(image)).Json!["unchanged"]!.GetValue<bool>(), Is.True);
    }
}
