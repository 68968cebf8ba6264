using System.Globalization;
using System.Text.RegularExpressions;
using Google.Rpc;
using Profiles.EndToEnd.Tests.Harness;

namespace Profiles.EndToEnd.Tests.Pictures;

/// <summary>What an organization allows its users.</summary>
internal sealed partial class LimitTests : PictureTest
{
    [Test]
    public async Task Beyond_the_limit_the_answer_has_the_time_of_the_next_change()
    {
        await SetRulesAsync("""{"changesPerDay":2}""");
        var first = await UploadAsync(NewImage());
        var began = DateTimeOffset.Parse(first.Json!["details"]!["changeDate"]!.GetValue<string>(), CultureInfo.InvariantCulture);
        PictureOf(await UploadAsync(NewImage()));

        var (rest, grpc) = (await UploadAsync(NewImage()), await RpcErrors.FailureOf(Pictures.SetMyPictureAsync(Message(NewImage()), AsUser)));

        Assert.That((rest.Status, rest.Reason), Is.EqualTo((429, "PICTURE_LIMIT_REACHED")));
        var words = rest.Json!["message"]!.GetValue<string>();
        var next = DateTimeOffset.Parse(Time().Match(words).Value, CultureInfo.InvariantCulture);
        Assert.That(next, Is.EqualTo(began.AddHours(24)).Within(TimeSpan.FromMicroseconds(1)));
        Assert.That(rest.Response.Headers.RetryAfter!.Delta, Is.EqualTo(TimeSpan.FromHours(24)).Within(TimeSpan.FromMinutes(1)));
        var details = grpc.RichStatus().Details;
        var retry = details.Single(detail => detail.Is(RetryInfo.Descriptor)).Unpack<RetryInfo>().RetryDelay.ToTimeSpan();
        var quota = details.Single(detail => detail.Is(QuotaFailure.Descriptor)).Unpack<QuotaFailure>().Violations.Single();
        Assert.That(retry, Is.EqualTo(TimeSpan.FromHours(24)).Within(TimeSpan.FromMinutes(1)));
        Assert.That(quota.Subject, Is.EqualTo($"organization:{Organization}/user:alice"));
        Assert.That(quota.Description, Does.Contain("2 in 24 hours").And.Contain(Time().Match(words).Value));
    }

    [Test]
    public async Task Uploads_at_the_same_time_do_not_get_past_the_limit()
    {
        await SetRulesAsync("""{"changesPerDay":3}""");

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => UploadAsync(NewImage(96, 96))));

        Assert.That(answers.Count(answer => answer.Status == 200), Is.EqualTo(3));
        Assert.That(answers.Where(answer => answer.Status != 200).Select(answer => answer.Reason), Is.All.EqualTo("PICTURE_LIMIT_REACHED"));
    }

    [Test]
    public async Task What_changes_nothing_and_what_servers_do_is_not_counted()
    {
        await SetRulesAsync("""{"changesPerDay":1}""");
        var image = NewImage();
        PictureOf(await UploadAsync(image));

        Assert.That((await UploadAsync(image)).Json!["unchanged"]!.GetValue<bool>(), Is.True);
        PictureOf(await RestAsync("PUT", "/v1/profiles/alice/picture", ServerToken, Raw(NewImage())));
        Assert.That((await RestAsync("DELETE", MyPicture, UserToken)).Status, Is.EqualTo(200));
        Assert.That((await UploadAsync(NewImage())).Reason, Is.EqualTo("PICTURE_LIMIT_REACHED"));
    }

    [Test]
    public async Task A_request_that_was_refused_may_be_sent_again_another_day()
    {
        await SetRulesAsync("""{"changesPerDay":0}""");
        var image = NewImage();
        var request = ("Idempotency-Key", Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString());
        var refused = await RestAsync("PUT", MyPicture, UserToken, Raw(image), request);
        Assert.That((refused.Status, refused.Response.Headers.RetryAfter), Is.EqualTo((429, (object?)null)));

        await SetRulesAsync("""{"changesPerDay":1}""");
        var (first, second) = (
            await RestAsync("PUT", MyPicture, UserToken, Raw(image), request), await RestAsync("PUT", MyPicture, UserToken, Raw(image), request));

        Assert.That(PictureOf(first), Is.EqualTo(PictureOf(second)));
        Assert.That(second.Json!["profile"]!["revision"]!.GetValue<string>(), Is.EqualTo("1"));
    }

    [Test]
    public async Task Uploads_can_be_switched_off()
    {
        await SetRulesAsync("""{"upload":false}""");

        var (user, server) = (await UploadAsync(NewImage()), await RestAsync("PUT", "/v1/profiles/bob/picture", ServerToken, Raw(NewImage())));

        Assert.That((user.Status, user.Reason, server.Reason), Is.EqualTo((403, "PICTURE_UPLOAD_OFF", "PICTURE_UPLOAD_OFF")));
    }

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT[\d:.]+Z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Time();
}
