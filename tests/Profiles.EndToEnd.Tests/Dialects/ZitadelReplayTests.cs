using Profiles.V1;

namespace Profiles.EndToEnd.Tests.Dialects;

/// <summary>Each request of the document "Update My Profile", sent as it is shown, and the answer that is shown beside it.</summary>
internal sealed class ZitadelReplayTests : DialectTest
{
    private const string Document = "003 zitadel";

    private const string Body =
        """
        {"firstName":"<first name>","lastName":"<last name>","nickName":"<nick name>","displayName":"<display name>","preferredLanguage":"<language>","gender":"<gender>"}
        """;

    // Lines 69–84, 85–103 and 104–122 say the same of three media types.
    private const string Changed = """{"details":{"sequence":"(digits)","changeDate":"(time)","resourceOwner":"<organization>"}}""";

    // Lines 134–142, 150–158 and 166–174.
    private const string Failed = """{"code":9,"message":"(text)","details":[{"@type":"(text)","id":"(text)","message":"(text)"}]}""";

    private static DocumentedExample[] Updates =>
    [
        new(Document, 2, "HTTP", $"PUT /users/me/profile\nAuthorization: Bearer <token>\nContent-Type: application/json\n\n{Body}", 200, Changed),
        new(Document, 2, "HTTP", $"PUT /users/me/profile/\nAuthorization: Bearer <token>\nContent-Type: application/json\n\n{Body}", 200, Changed),
        new(Document, 2, "HTTP", $"PUT /auth/v1/users/me/profile\nAuthorization: Bearer <token>\nContent-Type: application/json\n\n{Body}", 200, Changed),
        new(
            Document, 2, "HTTP",
            $"PUT /auth/v1/users/me/profile\nAuthorization: Bearer <token>\nContent-Type: application/json\nx-zitadel-orgid: <organization>\n\n{Body}",
            200, Changed),
    ];

    [TestCaseSource(nameof(Updates))]
    public async Task An_update_is_answered_as_documented_and_is_in_the_record(DocumentedExample example)
    {
        await ReplayAsync(example, Values("GENDER_DIVERSE"));

        var stored = await ReadAsync();
        Assert.That((stored.GivenName, stored.FamilyName, stored.Nickname), Is.EqualTo(("Minnie", "Mouse", "Mini")));
        Assert.That((stored.DisplayName, stored.Locale, stored.Gender), Is.EqualTo(("Minnie Mouse", "en", Gender.Diverse)));
    }

    // Lines 19–23.
    [TestCase("GENDER_UNSPECIFIED", Gender.Unspecified)]
    [TestCase("GENDER_FEMALE", Gender.Female)]
    [TestCase("GENDER_MALE", Gender.Male)]
    [TestCase("GENDER_DIVERSE", Gender.Diverse)]
    public async Task Each_gender_is_taken(string gender, Gender expected)
    {
        await ReplayAsync(Updates[0], Values(gender));

        Assert.That((await ReadAsync()).Gender, Is.EqualTo(expected));
    }

    [Test]
    public async Task An_error_has_the_documented_form()
    {
        await ReplayAsync(Updates[0], Values("GENDER_FEMALE"));

        await ReplayAsync(Updates[0] with { Line = 123, Status = 400, Answer = Failed }, Values("GENDER_FEMALE"));
    }

    private (string Name, string Value)[] Values(string gender) =>
    [
        ("token", UserToken), ("organization", Organization), ("first name", "Minnie"), ("last name", "Mouse"), ("nick name", "Mini"),
        ("display name", "Minnie Mouse"), ("language", "en"), ("gender", gender),
    ];
}
