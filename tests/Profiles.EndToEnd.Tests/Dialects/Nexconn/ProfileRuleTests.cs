using Profiles.V1;

namespace Profiles.EndToEnd.Tests.Dialects.Nexconn;

/// <summary>Each limit of the document at the limit and one past it, and each kind of value that is none.</summary>
internal sealed class ProfileRuleTests : NexconnTest
{
    // An address of 128 characters: the part before the @ has 64 at most, and a label of a domain 63.
    private static readonly string LongEmail = $"{new string('a', 40)}@{new string('b', 63)}.{new string('c', 19)}.com";

    private static TestCaseData[] Longest() =>
    [
        Of("uniqueId", new string('u', 32), profile => profile.UniqueId),
        Of("name", new string('\u00e9', 64), profile => profile.Nickname),
        Of("name", string.Concat(Enumerable.Repeat("\U0001f600", 64)), profile => profile.Nickname).SetArgDisplayNames("name beyond U+FFFF"),
        Of("portraitUri", $"https://example.com/{new string('p', 1004)}", profile => profile.Picture),
        Of("email", LongEmail, profile => profile.Email),
        Of("location", new string('l', 32), profile => profile.Location),
    ];

    private static TestCaseData Of(string key, string value, Func<Profile, string> read) =>
        new TestCaseData(key, value, read).SetArgDisplayNames(key);

    [TestCaseSource(nameof(Longest))]
    public async Task A_text_as_long_as_may_be_is_taken_and_a_longer_one_refused(string key, string value, Func<Profile, string> read)
    {
        await SetBasicAsync($$"""{"{{key}}":{{Quote(value)}}}""");
        Assert.That(read(await ReadAsync()), Is.EqualTo(value));

        // One more in the middle, so that it is still what it was.
        var longer = key == "email" ? $"a{value}" : $"{value}{value[^1]}";
        if (char.IsSurrogate(value[^1]))
            longer = value + value[^2..];
        await RefuseBasicAsync($$"""{"{{key}}":{{Quote(longer)}}}""", key);
        Assert.That(read(await ReadAsync()), Is.EqualTo(value));
    }

    [TestCase("2001-12-21", "2001-12-21")]
    [TestCase("20011221", "2001-12-21")]
    [TestCase("2001/12/21", "2001-12-21")]
    [TestCase("2001.12.21", "2001-12-21")]
    [TestCase("2001", "2001")]
    [TestCase("0000-12-21", "0000-12-21")]
    [TestCase("2001-12-21 08:00:00", "2001-12-21")]
    [TestCase("2001-12-21T08:00:00.123Z", "2001-12-21")]
    [TestCase("2001-12-21T00:00:00.000000+00:00", "2001-12-21")]
    public async Task A_birthday_may_be_written_in_several_ways(string birthday, string stored)
    {
        await SetBasicAsync($$"""{"birthday":"{{birthday}}"}""");

        Assert.That((await ReadAsync()).Birthdate, Is.EqualTo(stored));
        Assert.That((await AliceAsync())["userProfile"]!["birthday"]!.GetValue<string>(), Is.EqualTo(stored));
    }

    [TestCase("2001-12-21T00:00:00.0000000+00:00")]
    [TestCase("20011321")]
    [TestCase("2001-12/21")]
    [TestCase("2001-12-21Tea")]
    [TestCase("21 December")]
    public Task What_is_no_birthday_is_refused(string birthday) =>
        RefuseBasicAsync($$"""{"birthday":"{{birthday}}"}""", "birthday");

    [TestCase("email", "\"nobody\"")]
    [TestCase("portraitUri", "\"portrait.png\"")]
    [TestCase("name", "\"a\\u0000b\"")]
    [TestCase("name", "1")]
    [TestCase("name", "[\"a\"]")]
    [TestCase("gender", "3")]
    [TestCase("gender", "-1")]
    [TestCase("gender", "1.5")]
    [TestCase("gender", "\"male\"")]
    [TestCase("role", "-1")]
    [TestCase("role", "101")]
    [TestCase("role", "true")]
    [TestCase("level", "-1")]
    [TestCase("level", "101")]
    [TestCase("nick", "\"Al\"")]
    public Task A_value_that_is_none_is_refused_with_its_key(string key, string value) =>
        RefuseBasicAsync($$"""{"{{key}}":{{value}}}""", key);

    [TestCase("role", 0)]
    [TestCase("role", 100)]
    [TestCase("level", 0)]
    [TestCase("level", 100)]
    public async Task A_number_in_its_range_is_taken(string key, int value)
    {
        await SetBasicAsync($$"""{"{{key}}":{{value}}}""");

        var profile = await ReadAsync();
        Assert.That(key == "role" ? profile.Role : profile.Level, Is.EqualTo(value));
        Assert.That((await AliceAsync())["userProfile"]![key]!.GetValue<int>(), Is.EqualTo(value));
    }

    [TestCase(0, Gender.Unspecified)]
    [TestCase(1, Gender.Male)]
    [TestCase(2, Gender.Female)]
    public async Task Gender_is_a_number(int number, Gender gender)
    {
        await SetAsync(new Profile { Gender = Gender.Diverse });

        await SetBasicAsync($$"""{"gender":{{number}}}""");

        Assert.That((await ReadAsync()).Gender, Is.EqualTo(gender));
    }

    [TestCase(Gender.Male, 1)]
    [TestCase(Gender.Female, 2)]
    [TestCase(Gender.Diverse, 0)]
    public async Task Gender_is_answered_as_a_number(Gender gender, int number)
    {
        await SetAsync(new Profile { Gender = gender });

        Assert.That((await AliceAsync())["userProfile"]!["gender"]!.GetValue<int>(), Is.EqualTo(number));
    }

    [TestCase("""{"userProfile":{"name":"Al"}}""", "userId")]
    [TestCase("""{"userId":"","userProfile":{"name":"Al"}}""", "userId")]
    [TestCase("""{"userId":"a b","userProfile":{"name":"Al"}}""", "userId")]
    [TestCase("""{"userId":5,"userProfile":{"name":"Al"}}""", "userId")]
    [TestCase("""{"userId":"alice"}""", "userProfile")]
    [TestCase("""{"userId":"alice","userProfile":{}}""", "userProfile")]
    [TestCase("""{"userId":"alice","userProfile":{},"userExtProfile":{}}""", "userProfile")]
    [TestCase("""{"userId":"alice","userProfile":null}""", "userProfile")]
    [TestCase("""{"userId":"alice","userProfile":"Al"}""", "userProfile")]
    [TestCase("""{"userId":"alice","profile":{"name":"Al"}}""", "profile")]
    [TestCase("""{"userId":"alice","userExtProfile":["a"]}""", "userExtProfile")]
    [TestCase("""{"userId":"alice","userProfile":{"name":"Al"}""", null)]
    [TestCase("", "userId")]
    [TestCase("[]", null)]
    public Task What_lacks_a_part_is_refused_with_its_key(string json, string? key) => RefuseAsync(Set, json, key);

    [Test]
    public async Task An_error_says_what_the_key_must_be()
    {
        var answer = await PostAsync(Set, """{"userId":"alice","userProfile":{"gender":3,"level":101}}""");

        Assert.That(answer.Json!.ToJsonString(), Is.EqualTo(
            """{"code":1002,"errorMessage":"level must be from 0 to 100, yet is 101.","profileKey":"level"}"""));
    }

    [Test]
    public async Task Keys_that_are_absent_or_null_keep_their_values_and_an_empty_text_clears()
    {
        await SetBasicAsync("""{"name":"Al","location":"Basel","level":3}""");

        await SetBasicAsync("""{"name":"","location":null,"role":1}""");

        var profile = await ReadAsync();
        Assert.That((profile.Nickname, profile.Location, profile.Level, profile.Role), Is.EqualTo(("", "Basel", 3, 1)));
    }

    [Test]
    public async Task Nothing_is_written_of_a_request_that_breaks_a_rule()
    {
        await SetBasicAsync("""{"name":"Al"}""");

        await RefuseAsync(Set, """{"userId":"alice","userProfile":{"name":"Bo","level":101},"userExtProfile":{"tier":"gold"}}""", "level");

        var profile = await ReadAsync();
        Assert.That((profile.Nickname, profile.Revision, profile.Attributes.Count), Is.EqualTo(("Al", 1L, 0)));
    }
}
