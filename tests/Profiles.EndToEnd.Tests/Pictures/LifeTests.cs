using Profiles.Pictures.Tests;
using Profiles.V1;

namespace Profiles.EndToEnd.Tests.Pictures;

/// <summary>From being set to being gone.</summary>
internal sealed class LifeTests : PictureTest
{
    private const string Elsewhere = "https://example.com/alice.png";

    [Test]
    public async Task A_profile_has_one_picture_here_or_elsewhere()
    {
        var own = PictureOf(await UploadAsync(NewImage()));

        Assert.That(await PatchAsync($$"""{"picture":"{{Elsewhere}}"}"""), Is.EqualTo(Elsewhere));
        Assert.That(await PatchAsync($$"""{"picture":"{{own}}"}"""), Is.EqualTo(own));
        Assert.That(await PatchAsync("""{"picture":null,"nickname":"Al"}"""), Is.Null);
        Assert.That((await RestAsync("DELETE", MyPicture, UserToken)).Json!["unchanged"]!.GetValue<bool>(), Is.True);
    }

    [Test]
    public async Task What_was_read_can_be_sent_back()
    {
        var own = PictureOf(await UploadAsync(NewImage()));
        var read = await RestAsync("GET", MyProfile, UserToken);

        var sent = await RestAsync("PUT", MyProfile, UserToken, read.Json!.ToJsonString());

        Assert.That(PictureOf(sent), Is.EqualTo(own));
        Assert.That(sent.Json!["profile"]!["revision"]!.GetValue<string>(), Is.EqualTo("1"));
    }

    [Test]
    public async Task Object_references_are_beside_it_and_can_be_unset()
    {
        const string Reference = """{"datasourceId":"images","objectDefinitionId":"alice"}""";
        var own = PictureOf(await UploadAsync(NewImage()));

        var set = await RestAsync("PATCH", MyProfile, UserToken, $$"""{"pictureObject":{{Reference}},"avatarObject":{{Reference}}}""");
        var unset = await RestAsync("PATCH", MyProfile, UserToken, """{"pictureObject":null,"avatarObject":null}""");

        Assert.That(set.Json!["profile"]!["pictureObject"]!["objectDefinitionId"]!.GetValue<string>(), Is.EqualTo("alice"));
        Assert.That((unset.Json!["profile"]!["pictureObject"], unset.Json["profile"]!["avatarObject"]), Is.EqualTo(((object?)null, (object?)null)));
        Assert.That(PictureOf(unset), Is.EqualTo(own));
    }

    [Test]
    public async Task The_history_has_every_change()
    {
        var own = PictureOf(await UploadAsync(NewImage()));
        await RestAsync("DELETE", MyPicture, UserToken);

        var changes = (await Grpc.ListMyProfileChangesAsync(new ListMyProfileChangesRequest(), AsUser)).Changes;

        Assert.That(changes.Select(change => change.ChangedFields), Is.All.EqualTo(new[] { "picture" }));
        Assert.That(changes.Select(change => change.Values.Picture), Is.EqualTo(new[] { own, string.Empty }));
    }

    [Test]
    public async Task A_profile_that_is_deleted_takes_its_pictures_along_and_not_those_of_others()
    {
        var shared = NewImage();
        var (first, last) = (PictureOf(await UploadAsync(NewImage())), PictureOf(await UploadAsync(shared)));
        PictureOf(await RestAsync("PUT", "/v1/profiles/bob/picture", ServerToken, Raw(shared)));
        var only = PictureOf(await UploadAsync(NewImage()));

        Assert.That((await RestAsync("DELETE", "/v1/profiles/alice", ServerToken)).Status, Is.EqualTo(200));

        Assert.That(((await DownloadAsync(first)).Status, (await DownloadAsync(only)).Status, (await DownloadAsync(last)).Status), Is.EqualTo((404, 404, 200)));
        Assert.That((await RestAsync("DELETE", "/v1/profiles/bob", ServerToken)).Status, Is.EqualTo(200));
        Assert.That((await DownloadAsync(last)).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task A_picture_that_is_taken_away_stays_for_a_while()
    {
        var own = PictureOf(await UploadAsync(NewImage()));

        await RestAsync("DELETE", MyPicture, UserToken);

        Assert.That((await DownloadAsync(own)).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task Parts_of_one_image_are_pictures_of_their_own()
    {
        var image = NewImage();
        var cropped = NewImage(200, 200);

        var middle = PictureOf(await UploadAsync(image));
        var left = PictureOf(await UploadAsync(image, query: "?crop.width=300&crop.height=300"));
        var cut = PictureOf(await RestAsync("PUT", MyPicture, UserToken, Form(("image", image), ("cropped_image", cropped))));

        Assert.That(new[] { middle, left, cut }.Distinct().Count(), Is.EqualTo(3));
        foreach (var address in new[] { middle, left, cut })
            Assert.That(TestImages.Decode((await DownloadAsync(address)).Body, "webp").Width, Is.EqualTo(512));
    }

    [Test]
    public async Task An_etag_guards_it()
    {
        var written = await UploadAsync(NewImage());
        var etag = written.Response.Headers.ETag!.ToString();
        PictureOf(await RestAsync("PUT", MyPicture, UserToken, Raw(NewImage()), ("If-Match", etag)));

        var stale = await RestAsync("PUT", MyPicture, UserToken, Raw(NewImage()), ("If-Match", etag));

        Assert.That((stale.Status, stale.Reason), Is.EqualTo((412, "STALE_ETAG")));
    }

    [Test]
    public async Task Nobody_without_a_profile_has_one_to_take_away()
    {
        Assert.That((await RestAsync("DELETE", MyPicture, UserToken)).Reason, Is.EqualTo("PROFILE_NOT_FOUND"));
        var missing = $$"""{"picture":"{{SharedServer.Server.Http}}v1/pictures/{{Organization}}~{{new string('0', 64)}}"}""";
        Assert.That((await RestAsync("PATCH", MyProfile, UserToken, missing)).Reason, Is.EqualTo("PICTURE_NOT_FOUND"));
    }

    private async Task<string?> PatchAsync(string json) =>
        (await RestAsync("PATCH", MyProfile, UserToken, json)).Json!["profile"]!["picture"]?.GetValue<string>();
}
