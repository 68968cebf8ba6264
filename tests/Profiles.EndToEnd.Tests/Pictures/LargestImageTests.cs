using Grpc.Core;
using Profiles.EndToEnd.Tests.Harness;
using Profiles.Pictures.Tests;

namespace Profiles.EndToEnd.Tests.Pictures;

/// <summary>The largest file that is taken, and the smallest that is not, by every way.</summary>
internal sealed class LargestImageTests : PictureTest
{
    private const int Most = 10 * 1024 * 1024;
    private const int Chunk = 512 * 1024;

    [Test]
    public async Task An_image_of_ten_megabytes_is_taken_by_every_way()
    {
        var image = TestImages.PaddedJpeg(NewImage(), Most);
        Assert.That(image, Has.Length.EqualTo(Most));

        var raw = PictureOf(await UploadAsync(image));
        var form = PictureOf(await RestAsync("PUT", MyPicture, UserToken, Form(("image", image))));
        var unary = await Pictures.SetMyPictureAsync(Message(image), AsUser);
        var stream = await StreamAsync(image, Chunk);

        Assert.That(new[] { form, unary.Profile.Picture, stream.Profile.Picture }, Is.All.EqualTo(raw));
        Assert.That((await DownloadAsync(raw)).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task One_byte_more_is_refused_by_every_way()
    {
        var image = TestImages.PaddedJpeg(NewImage(), Most + 1);

        var raw = await UploadAsync(image);
        var form = await RestAsync("PUT", MyPicture, UserToken, Form(("image", image)));
        var unary = await RpcErrors.FailureOf(Pictures.SetMyPictureAsync(Message(image), AsUser));
        var stream = await Assert.ThrowsAsync<RpcException>(() => StreamAsync(image, Chunk));

        foreach (var answer in new[] { raw, form })
            Assert.That((answer.Status, string.Join(',', answer.ViolatedFields)), Is.EqualTo((400, "image")), answer.Json?.ToString());
        foreach (var (failure, field) in new[] { (unary, "image"), (stream!, "data") })
        {
            Assert.That((failure.StatusCode, string.Join(',', failure.ViolatedFields())), Is.EqualTo((StatusCode.InvalidArgument, field)));
            Assert.That(failure.Status.Detail, Does.Contain("10 MiB"));
        }

        Assert.That((await RestAsync("GET", MyProfile, UserToken)).Reason, Is.EqualTo("PROFILE_NOT_FOUND"));
    }
}
