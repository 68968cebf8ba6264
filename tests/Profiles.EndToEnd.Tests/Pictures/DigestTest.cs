using System.Security.Cryptography;
using Google.Protobuf;
using Grpc.Core;
using Profiles.Api;
using Profiles.EndToEnd.Tests.Harness;
using Profiles.V1;

namespace Profiles.EndToEnd.Tests.Pictures;

/// <summary>A test about what is said of a picture's bytes, with each way to say it. The pictures are bob's, and a server sends them.</summary>
internal abstract class DigestTest : PictureTest
{
    protected const string Query = "the query";
    protected const string FormField = "a field of the form";
    protected const string Header = "the header of a file";
    protected const string FormHeader = "the header of a form";
    protected const string Unary = "gRPC";
    protected const string Stream = "the first message of a stream";
    protected const string StreamEnd = "the last message of a stream";
    protected const string Web = "gRPC-Web";

    public static readonly string[] Ways = [Query, FormField, Header, FormHeader, Unary, Stream, StreamEnd, Web];

    /// <summary>Sends a file and says that it is the good one.</summary>
    /// <returns>What is told when it is refused; null when it is taken.</returns>
    protected async Task<string?> SendAsync(string way, byte[] good, byte[] sent)
    {
        switch (way)
        {
            case Query:
                return await PutAsync(Raw(sent), $"?imageSha256={Hex(good)}");
            case FormField:
                using (var form = FormOf(sent, ("imageSha256", Hex(good))))
                    return await PutAsync(form);
            case Header:
                return await PutAsync(Raw(sent), headers: ("Content-Digest", $"sha-256=:{Base64(good)}:"));
            case FormHeader:
                using (var form = FormOf(sent))
                    return await PutAsync(form, headers: ("Content-Digest", $"sha-256=:{await ArrivedAsync(way, good)}:"));
            case Unary:
                return await ToldAsync(Pictures.SetPictureAsync(ToBob(sent, Hex(good)), AsServer).ResponseAsync);
            case Web:
                return await WebAsync(ToBob(sent, Hex(good)));
            default:
                return await StreamToBobAsync(sent, Hex(good), way == StreamEnd);
        }
    }

    /// <summary>The digest that a refusal names.</summary>
    protected static async Task<string> ArrivedAsync(string way, byte[] file)
    {
        using var form = FormOf(file);
        return way switch
        {
            Header => Base64(file),
            FormHeader => Base64(await form.ReadAsByteArrayAsync()),
            _ => Hex(file),
        };
    }

    /// <returns>What is told when it is refused; null when it is taken.</returns>
    protected async Task<string?> PutAsync(HttpContent content, string query = "", params (string Name, string Value)[] headers)
    {
        var answer = await RestAsync("PUT", $"/v1/profiles/bob/picture{query}", ServerToken, content, headers);
        Assert.That(answer.Status, Is.AnyOf(200, 400), answer.Json?.ToString());
        if (answer.Status == 200)
            return null;
        var told = answer.Json!["message"]!.GetValue<string>();
        Assert.That(told, Does.StartWith(answer.ViolatedFields.Single()));
        return told;
    }

    protected static async Task<string?> ToldAsync<T>(Task<T> call)
    {
        try
        {
            await call;
            return null;
        }
        catch (RpcException failure)
        {
            Assert.That((failure.StatusCode, failure.Reason()), Is.EqualTo((StatusCode.InvalidArgument, "INVALID_REQUEST")));
            Assert.That(failure.Status.Detail, Does.StartWith(failure.ViolatedFields().Single()));
            return failure.Status.Detail;
        }
    }

    protected async Task<string?> StreamToBobAsync(byte[] image, string sha256, bool atEnd)
    {
        using var call = Pictures.SetPictureStream(AsServer);
        var (half, first, last) = (image.Length / 2, new SetPictureStreamRequest { UserId = "bob" }, new SetPictureStreamRequest());
        (first.Data, last.Data) = (ByteString.CopyFrom(image, 0, half), ByteString.CopyFrom(image, half, image.Length - half));
        (atEnd ? last : first).ImageSha256 = sha256;
        await call.RequestStream.SendAllAsync(first, last);
        return await ToldAsync(call.ResponseAsync);
    }

    protected async Task<string?> WebAsync(SetPictureRequest request, params (string Name, string Value)[] headers)
    {
        var status = await RawHttp2.PostAsync(
            SharedServer.Server.Http, "/profiles.v1.PictureService/SetPicture", ServerToken, RawHttp2.Frame(request.ToByteArray()),
            [("content-type", "application/grpc-web+proto"), .. headers]);
        // What succeeds has its status in the body.
        Assert.That((status.HttpStatus, status.Code, status.Reason), Is.AnyOf((200, -1, (string?)null), (200, 3, "INVALID_REQUEST")), status.Message);
        return status.Code == -1 ? null : status.Message;
    }

    protected static SetPictureRequest ToBob(byte[] image, string? sha256)
    {
        var request = new SetPictureRequest { UserId = "bob", Image = new HttpBody { Data = ByteString.CopyFrom(image) } };
        if (sha256 is not null)
            request.ImageSha256 = sha256;
        return request;
    }

    // Always with the same boundary.
    protected static MultipartFormDataContent FormOf(byte[] image, params (string Name, string Value)[] fields)
    {
        var form = new MultipartFormDataContent("boundary") { { Raw(image), "image", "me.jpg" } };
        foreach (var (name, value) in fields)
            form.Add(new StringContent(value), name);
        return form;
    }

    protected static string Hex(byte[] file) => Convert.ToHexStringLower(SHA256.HashData(file));

    protected static string Base64(byte[] content) => Convert.ToBase64String(SHA256.HashData(content));

    protected string AddressOf(byte[] file) => $"/v1/pictures/{Organization}~{Hex(file)}";
}
