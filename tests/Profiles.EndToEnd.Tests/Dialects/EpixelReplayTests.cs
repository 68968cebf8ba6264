using Profiles.V1;

namespace Profiles.EndToEnd.Tests.Dialects;

/// <summary>Each request of the document "User Profile", sent as its clients do, to the documented paths.</summary>
internal sealed class EpixelReplayTests : DialectTest
{
    private const string Document = "004 epixel";
    private const string Base = "https://<domain>/<api prefix>/<version>";
    private const string Credentials = "apikey: <apikey>\nAuthorization: Bearer <access-token>";

    private const string Profile =
        """
        {"status_code":200,"errors":{},"data":{
          "UserProfile":[{"username":"alice","first_name":"<first_name>","last_name":"<last_name>","email":"<email>","phone_code":"","phone_number":"<phone_number>","country_code":""}],
          "ProfileImage":"","UserLocInfo":{"lan":"","tz":"","currency":""}}}
        """;

    private static DocumentedExample[] Reads =>
    [
        new(
            Document, 8, "Node",
            $"GET {Base}/user/get/profile/\n{Credentials}\nContent-Type: multipart/form-data; boundary=--------------------------123456789012345678901234\nContent-Length: 0",
            200, Profile),
        new(Document, 23, "PHP", $"GET {Base}/user/get/profile/\nAccept: */*\n{Credentials}", 200, Profile),
        new(Document, 6, "HTTP", $"GET {Base}/user/get/profile\n{Credentials}", 200, Profile),
    ];

    private static DocumentedExample[] Updates =>
    [
        new(
            Document, 52, "Node",
            $"POST {Base}/user/update/profile/\n{Credentials}\nContent-Type: multipart/form-data; boundary=--------------------------123456789012345678901234\n\n"
            + Form("----------------------------123456789012345678901234"),
            200, Profile),
        new(
            Document, 73, "PHP",
            $"POST {Base}/user/update/profile/\nAccept: */*\n{Credentials}\nContent-Type: multipart/form-data; boundary=------------------------0123456789abcdef\n\n"
            + Form("--------------------------0123456789abcdef"),
            200, Profile),
        new(
            Document, 50, "HTTP",
            $"POST {Base}/user/update/profile\n{Credentials}\nContent-Type: application/x-www-form-urlencoded\n\n"
            + "first_name=<first_name>&last_name=<last_name>&email=<email>&phone_number=<phone_number>",
            200, Profile),
    ];

    private static DocumentedExample[] LocalInfos =>
    [
        new(Document, 208, "Node", $"GET {Base}/get/local-info/\n{Credentials}", 200, string.Empty),
        new(Document, 223, "PHP", $"GET {Base}/get/local-info/\nAccept: */*\n{Credentials}", 200, string.Empty),
        new(Document, 207, "HTTP", $"GET {Base}/get/local-info\n{Credentials}", 200, string.Empty),
    ];

    [TestCaseSource(nameof(Reads))]
    public async Task A_profile_is_read(DocumentedExample example)
    {
        await SetAsync(new Profile { GivenName = "Alice", FamilyName = "Liddell", Email = "a@b.example", PhoneNumber = "999999999" });

        await ReplayAsync(example, await ValuesAsync());
    }

    [TestCaseSource(nameof(Updates))]
    public async Task A_profile_is_written(DocumentedExample example)
    {
        await ReplayAsync(example, await ValuesAsync());

        var stored = await ReadAsync();
        Assert.That((stored.GivenName, stored.FamilyName, stored.Email, stored.PhoneNumber), Is.EqualTo(("Alice", "Liddell", "a@b.example", "999999999")));
    }

    [TestCaseSource(nameof(LocalInfos))]
    public async Task Local_info_has_the_choices_and_the_user_s_own(DocumentedExample example)
    {
        await SetAsync(new Profile { Locale = "de-CH", Zoneinfo = "Europe/Zurich", Currency = "CHF" });

        var answer = await SendAsync(Fill(example.Request, await ValuesAsync()));

        Assert.That(answer.Status, Is.EqualTo(example.Status), answer.Body);
        var data = answer.Json!["data"]!;
        Assert.That(data["UserLocInfo"]!.ToJsonString(), Is.EqualTo("""{"lan":"de-CH","tz":"Europe/Zurich","currency":"CHF"}"""));
        foreach (var (name, value) in (ReadOnlySpan<(string, string)>)[("languages", "de"), ("currencies", "CHF"), ("timezones", "Europe/Zurich")])
            Assert.That(data[name]!.AsArray().Select(choice => choice!.GetValue<string>()), Has.Member(value).And.Ordered.And.Unique);
    }

    private static string Form(string boundary)
    {
        var parts = ((string[])["first_name", "last_name", "email", "phone_number"])
            .Select(name => $"{boundary}\nContent-Disposition: form-data; name=\"{name}\"\n\n<{name}>\n");
        return $"{string.Concat(parts)}{boundary}--\n";
    }

    private async Task<(string Name, string Value)[]> ValuesAsync() =>
    [
        ("domain", "epixel.example"), ("api prefix", "api"), ("version", "v1"), ("apikey", await CreateKeyAsync(ApiKeyType.Public)),
        ("access-token", UserToken), ("first_name", "Alice"), ("last_name", "Liddell"), ("email", "a@b.example"), ("phone_number", "999999999"),
    ];
}
