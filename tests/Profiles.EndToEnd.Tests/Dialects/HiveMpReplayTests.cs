using Profiles.V1;

namespace Profiles.EndToEnd.Tests.Dialects;

/// <summary>Each request of the document "POST /profile", sent as its clients do, with each key that it may be sent with.</summary>
internal sealed class HiveMpReplayTests : DialectTest
{
    private const string Document = "000 hivemp";

    private const string Answer =
        """
        {"id":"alice","displayName":"Alice","emailAddress":"a@b.example","emailAddressVerified":false,"avatarUrl":null,
         "allowDiscoveryByEmailAddress":true,"allowPublicVisibility":false,"canSendVerificationEmail":true}
        """;

    private static DocumentedExample[] Examples =>
    [
        new(Document, 11, "HTTP", "POST https://sessions-api.hivemp.com/v1/profile?id=<id>\nX-API-Key: <key>\n", 200, Answer),
        new(
            Document, 56, "curl",
            "POST https://user-session-api.hivemp.com/v1/profile?id=<id>\nUser-Agent: curl/8.5.0\nX-API-Key: <key>\nAccept: application/json\nContent-Type: application/json\n\nnull",
            200, Answer),
        new(
            Document, 73, "C#, Unity",
            "POST https://user-session-api.hivemp.com/v1/profile?id=<id>\napi_key: <key>\nAccept: application/json\nContent-Type: application/json\n\nnull",
            200, Answer),
        new(
            Document, 96, "C#",
            "POST https://user-session-api.hivemp.com/v1/profile?id=<id>\napi_key: <key>\nX-API-Key:\nContent-Type: application/json; charset=utf-8\n\n",
            200, Answer),
        new(
            Document, 109, "UE4",
            "POST https://user-session-api.hivemp.com/v1/profile/?id=<id>\nX-API-Key: <key>\napi_key:\nContent-Type: application/json\n\nnull",
            200, Answer),
    ];

    [TestCaseSource(nameof(Examples))]
    public async Task An_update_of_nothing_answers_the_profile(DocumentedExample example)
    {
        var stored = await SetAsync(new Profile { DisplayName = "Alice", Email = "a@b.example", DiscoverableByEmail = true });
        foreach (var key in (string[])[await CreateKeyAsync(ApiKeyType.Session, "alice"), await CreateKeyAsync(ApiKeyType.Administrative)])
            await ReplayAsync(example, ("id", "alice"), ("key", key));

        Assert.That((await ReadAsync()).Revision, Is.EqualTo(stored.Revision));
    }
}
