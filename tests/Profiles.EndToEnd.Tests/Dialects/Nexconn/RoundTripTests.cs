using System.Text.Json.Nodes;
using Profiles.Pictures.Tests;
using Profiles.V1;

namespace Profiles.EndToEnd.Tests.Dialects.Nexconn;

/// <summary>What is set through the dialect is read through our own API, and the other way round.</summary>
internal sealed class RoundTripTests : NexconnTest
{
    private const string Basic =
        """{"uniqueId":"x-1","name":"Al","portraitUri":"https://example.com/a.png","email":"alice@example.com","birthday":"2001-12-21","gender":2,"location":"Basel","role":7,"level":9}""";

    private static readonly Profile Own = new()
    {
        UniqueId = "x-1",
        Nickname = "Al",
        Picture = "https://example.com/a.png",
        Email = "alice@example.com",
        Birthdate = "2001-12-21",
        Gender = Gender.Female,
        Location = "Basel",
        Role = 7,
        Level = 9,
        Attributes = { ["ext_tier"] = "gold" },
    };

    [Test]
    public async Task From_the_dialect_to_our_own_api()
    {
        await SucceedAsync(Set, $$$"""{"userId":"alice","userProfile":{{{Basic}}},"userExtProfile":{"ext_tier":"gold"}}""");

        Assert.That(Content(await ReadAsync()), Is.EqualTo(Own));
    }

    [Test]
    public async Task From_our_own_api_to_the_dialect()
    {
        await SetAsync(Own);

        var alice = await AliceAsync();
        Assert.That(JsonNode.DeepEquals(alice["userProfile"], JsonNode.Parse(Basic)), Is.True, alice.ToJsonString());
        Assert.That(alice["userExtProfile"]!.ToJsonString(), Is.EqualTo("""{"ext_tier":"gold"}"""));
    }

    [Test]
    public async Task What_the_dialect_has_no_key_for_stays()
    {
        await SetAsync(new Profile { GivenName = "Alice", Locale = "de-CH", PreferredUsername = "alice_1", Nickname = "Al" });

        await SetBasicAsync("""{"name":"Ally"}""");

        var own = await ReadAsync();
        Assert.That((own.GivenName, own.Locale, own.PreferredUsername, own.Nickname), Is.EqualTo(("Alice", "de-CH", "alice_1", "Ally")));
        Assert.That((await AliceAsync())["userProfile"]!.ToJsonString(), Is.EqualTo("""{"name":"Ally"}"""));
    }

    [Test]
    public async Task What_is_read_can_be_set_again_and_changes_nothing()
    {
        await SetAsync(Own);
        var read = await AliceAsync();

        await SucceedAsync(Set, $$"""{"userId":"alice","userProfile":{{read["userProfile"]!.ToJsonString()}},"userExtProfile":{{read["userExtProfile"]!.ToJsonString()}}}""");

        Assert.That((await ReadAsync()).Revision, Is.EqualTo(1));
    }

    [Test]
    public async Task The_address_of_an_own_picture_means_the_picture()
    {
        var upload = new SetPictureRequest { UserId = "alice", Image = new() { Data = Google.Protobuf.ByteString.CopyFrom(TestImages.Png(64, 64)) } };
        var own = (await new PictureService.PictureServiceClient(Invoker).SetPictureAsync(upload, AsServer)).Profile;
        var portrait = (await AliceAsync())["userProfile"]!["portraitUri"]!.GetValue<string>();

        await SetBasicAsync($$"""{"portraitUri":"{{portrait}}"}""");

        Assert.That((portrait, (await ReadAsync()).Revision), Is.EqualTo((own.Picture, 1L)));
        var user = (await RestAsync("POST", "/user/profile/query.json", string.Empty, "{}", Signed)).Json!["userList"]![0]!;
        Assert.That(user["userProfile"]!.GetValue<string>(), Is.EqualTo($$"""{"portraitUri":"{{portrait}}"}"""));
    }

    [Test]
    public async Task The_history_names_the_application()
    {
        await SetBasicAsync("""{"name":"Al"}""");

        var history = await Grpc.ListProfileChangesAsync(new ListProfileChangesRequest { UserId = "alice" }, AsServer);
        var change = history.Changes.Single();
        Assert.That((change.Actor.Type, change.Values.Nickname), Is.EqualTo((ActorType.Application, "Al")));
        Assert.That(change.HttpRequestId, Is.Not.Empty);
    }

    private static Profile Content(Profile profile)
    {
        var content = profile.Clone();
        (content.OrganizationId, content.UserId, content.Etag, content.Revision) = ("", "", "", 0);
        (content.CreateTime, content.ChangeTime) = (null, null);
        return content;
    }
}
