using System.Net.Http.Headers;
using System.Text;
using Google.Protobuf;
using Profiles.EndToEnd.Tests.Harness;
using Profiles.Pictures.Tests;

namespace Profiles.EndToEnd.Tests.Dialects.M2;

/// <summary>The profile picture, as a file and as an object.</summary>
internal sealed class PictureTests : M2Test
{
    private const string Reference = """{"datasourceId":"d","objectDefinitionId":"o"}""";

    private static int number;

    [TestCase("profilePicture")]
    [TestCase("file")]
    [TestCase("avatar.png")]
    public async Task A_file_of_a_form_is_the_picture_whatever_its_name(string name)
    {
        var answer = await UploadAsync(Form(NewImage(), name));

        var address = Address(answer);
        Assert.That(Body(await AsAliceAsync("GET", Path)), Is.EqualTo($$"""{"profilePictureUrl":"{{address}}"}"""));
        Assert.That((await ReadAsync()).Picture, Is.EqualTo(address));
        using var picture = await Http.GetAsync(new Uri(address));
        Assert.That(picture.Content.Headers.ContentType!.MediaType, Is.EqualTo("image/webp"));
    }

    [Test]
    public async Task Other_fields_are_text_parts_beside_it()
    {
        var form = Form(NewImage());
        form.Add(new StringContent("alice_1"), "username");
        form.Add(new StringContent(Reference), "avatarObjectDefinitionId");

        var answer = await UploadAsync(form);

        Assert.That((Address(answer).Length > 0, answer.Json!["username"]!.GetValue<string>()), Is.EqualTo((true, "alice_1")));
        Assert.That(answer.Json["avatarObjectDefinitionId"]!.ToJsonString(), Is.EqualTo(Reference));
        Assert.That((await ReadAsync()).Revision, Is.EqualTo(1));
    }

    [Test]
    public async Task It_takes_the_place_of_what_was_there_and_null_unsets_it()
    {
        await PutAsync($$"""{"profilePictureObjectDefinitionId":{{Reference}}}""");
        var address = Address(await UploadAsync(Form(NewImage())));
        Assert.That((await ReadAsync()).PictureObject, Is.Null);

        Assert.That((await PutAsync("""{"profilePicture":null}"""))["profilePictureUrl"]!.GetValue<string>(), Is.EqualTo(address));
        Assert.That((await PutAsync("""{"profilePictureObjectDefinitionId":null}""")).ToJsonString(), Is.EqualTo("{}"));
        Assert.That((await ReadAsync()).Picture, Is.Empty);
    }

    [Test]
    public async Task A_server_gives_a_user_a_picture()
    {
        var answer = await RestAsync("PUT", Path, string.Empty, Form(NewImage()), ("x-api-key", ServerKey), ("x-m2-user-id", "bob"));

        Assert.That((await ReadAsync("bob")).Picture, Is.EqualTo(Address(answer)));
    }

    [Test]
    public async Task Over_grpc_it_is_a_field()
    {
        var client = new Contracts.M2.V1.ProfileService.ProfileServiceClient(Invoker);
        var headers = new Grpc.Core.Metadata { { "x-api-key", UserKey } };

        var answer = await client.UpsertProfileAsync(new() { Profile = new() { ProfilePicture = ByteString.CopyFrom(NewImage()) } }, headers);

        Assert.That((await ReadAsync()).Picture, Is.EqualTo(answer.ProfilePictureUrl).And.Not.Empty);
    }

    [Test]
    public async Task What_is_no_image_is_refused()
    {
        foreach (var file in (byte[][])["no image"u8.ToArray(), []])
        {
            var answer = await UploadAsync(Form(file));
            AssertRefused(answer, 400, "INVALID_REQUEST");
            Assert.That(answer.Json!["message"]!.GetValue<string>(), Does.StartWith("profilePicture must"));
        }

        var two = Form(NewImage());
        two.Add(File(NewImage()), "other", "other.png");
        AssertRefused(await UploadAsync(two), 400, "FIELD_INVALID");
        var both = Form(NewImage());
        both.Add(new StringContent(Reference), "profilePictureObjectDefinitionId");
        AssertRefused(await UploadAsync(both), 400, "INVALID_REQUEST");
        AssertRefused(await AsAliceAsync("GET", Path), 404, "PROFILE_NOT_FOUND");
    }

    [Test]
    public async Task An_image_has_ten_mebibytes_at_most()
    {
        var large = new byte[(10 * 1024 * 1024) + 1];

        AssertRefused(await UploadAsync(Form(large)), 400, "INVALID_REQUEST");
        // Ten are looked at, and are no image.
        var refused = await UploadAsync(Form(large[1..]));
        Assert.That(refused.Json!["message"]!.GetValue<string>(), Does.Not.Contain("10 MiB"));
        // More is not even read.
        var head = RawHttp.Head("PUT", Path, UserToken, "Content-Type: multipart/form-data; boundary=b", $"Content-Length: {11 * 1024 * 1024}");
        var answer = await RawHttp.SendAsync(SharedServer.Server.Http, Encoding.UTF8.GetBytes(head));
        Assert.That((answer.Status, answer.Json!["code"]!.GetValue<string>()), Is.EqualTo((413, "BODY_TOO_LARGE")));
    }

    [Test]
    public async Task The_organizations_rules_hold()
    {
        await SetPictureRulesAsync("""{"changesPerDay":1}""");
        Address(await UploadAsync(Form(NewImage())));
        var refused = await UploadAsync(Form(NewImage()));
        AssertRefused(refused, 429, "PICTURE_LIMIT_REACHED");
        Assert.That(refused.Response.Headers.RetryAfter, Is.Not.Null);

        await SetPictureRulesAsync("""{"upload":false}""");
        AssertRefused(await UploadAsync(Form(NewImage())), 403, "PICTURE_UPLOAD_OFF");
    }

    // An image that no other test has.
    private static byte[] NewImage() =>
        TestImages.Jpeg(TestImages.Png(64, 64), ("Q", "90"), ("restart_interval", $"{Interlocked.Increment(ref number)}"));

    private static MultipartFormDataContent Form(byte[] file, string name = "profilePicture") => new() { { File(file), name, "picture.png" } };

    private static ByteArrayContent File(byte[] file)
    {
        var content = new ByteArrayContent(file);
        content.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        return content;
    }

    private static string Address(RestAnswer answer)
    {
        Assert.That(answer.Status, Is.EqualTo(200), Body(answer));
        return answer.Json!["profilePictureUrl"]!.GetValue<string>();
    }

    private Task<RestAnswer> UploadAsync(HttpContent content) =>
        RestAsync("PUT", Path, string.Empty, content, ("x-api-key", UserKey), ("x-m2-organization-id", Organization));

    private async Task SetPictureRulesAsync(string rules)
    {
        var answer = await RestAsync(
            "PATCH", $"/v1/organizations/{Organization}", SharedServer.AdministratorToken, $$$"""{"settings":{"pictures":{{{rules}}}}}""");
        Assert.That(answer.Status, Is.EqualTo(200), Body(answer));
    }
}
