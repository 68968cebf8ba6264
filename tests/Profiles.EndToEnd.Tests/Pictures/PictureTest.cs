using System.Net.Http.Headers;
using Google.Protobuf;
using Profiles.Api;
using Profiles.EndToEnd.Tests.Harness;
using Profiles.Pictures.Tests;
using Profiles.V1;

namespace Profiles.EndToEnd.Tests.Pictures;

/// <summary>A test about pictures, with what each of them does.</summary>
internal abstract class PictureTest : ProfilesTest
{
    protected const string MyPicture = "/v1/users/me/picture";

    private static int number;

    protected PictureService.PictureServiceClient Pictures => new(Invoker);

    /// <summary>An image that no other test has.</summary>
    public static byte[] CreateImage() => NewImage();

    /// <summary>One of a size.</summary>
    protected static byte[] NewImage(int width = 640, int height = 480) =>
        TestImages.Jpeg(TestImages.Png(width, height), ("Q", "90"), ("restart_interval", $"{Interlocked.Increment(ref number)}"));

    protected static HttpContent Raw(byte[] image, string type = "image/jpeg")
    {
        var content = new ByteArrayContent(image);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        return content;
    }

    /// <summary>A form as browsers send it.</summary>
    protected static MultipartFormDataContent Form(params (string Name, byte[] File)[] files)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, file) in files)
            form.Add(Raw(file, "image/png"), name, $"{name}.png");
        return form;
    }

    protected Task<RestAnswer> UploadAsync(byte[] image, string? token = null, string query = "") =>
        RestAsync("PUT", MyPicture + query, token ?? UserToken, Raw(image));

    protected static SetMyPictureRequest Message(byte[] image) => new() { Image = new HttpBody { Data = ByteString.CopyFrom(image) } };

    protected async Task<SetMyPictureStreamResponse> StreamAsync(byte[] image, int chunk = 1000, string? sha256 = null)
    {
        var messages = new List<SetMyPictureStreamRequest>();
        for (var start = 0; start < image.Length; start += chunk)
        {
            var data = ByteString.CopyFrom(image, start, Math.Min(chunk, image.Length - start));
            var message = new SetMyPictureStreamRequest { Data = data };
            if (start == 0 && sha256 is not null)
                message.ImageSha256 = sha256;
            messages.Add(message);
        }

        using var call = Pictures.SetMyPictureStream(AsUser);
        await call.RequestStream.SendAllAsync(messages);
        return await call;
    }

    /// <summary>What a picture's address answers, without a credential.</summary>
    protected async Task<(int Status, HttpResponseMessage Response, byte[] Body)> DownloadAsync(string address, string? etag = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(SharedServer.Server.Http, new Uri(address, UriKind.RelativeOrAbsolute)));
        if (etag is not null)
            request.Headers.TryAddWithoutValidation("if-none-match", etag);
        using var response = await Http.SendAsync(request);
        return ((int)response.StatusCode, response, await response.Content.ReadAsByteArrayAsync());
    }

    protected static string PictureOf(RestAnswer answer)
    {
        Assert.That(answer.Status, Is.EqualTo(200), answer.Json?.ToString());
        return answer.Json!["profile"]!["picture"]!.GetValue<string>();
    }

    protected Task<RestAnswer> SetRulesAsync(string rules) => RestAsync(
        "PATCH", $"/v1/organizations/{Organization}", SharedServer.AdministratorToken, $$$"""{"settings":{"pictures":{{{rules}}}}}""");
}
