using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Profiles.Core.Identity;
using Profiles.Core.Operations;
using Profiles.Core.Storage;
using Profiles.Core.Tests.Support;

namespace Profiles.Core.Tests.Operations;

[TestFixture]
public class PageTokenTests
{
    private const string Query = "profiles\ndemo\nFalse";
    private const string UserCharacters = "ABCXYZabcxyz0189._:@-";
    private const string Base64UrlCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private static readonly string[] s_users = ["a", "ab", "abc", "alice@example.com", new('u', UserId.MaxLength)];

    [FsCheck.NUnit.Property]
    public void A_position_comes_back(ulong time, byte first, byte[] rest)
    {
        var user = string.Concat(rest.Take(127).Prepend(first).Select(pick => UserCharacters[pick % UserCharacters.Length]));
        var position = new ListPosition(
            new DateTime((long)(time % (ulong)DateTime.MaxValue.Ticks), DateTimeKind.Utc), UserId.Parse(user));

        var back = PageToken.DecodePosition(Query, PageToken.Encode(Query, position));

        Assert.That(back, Is.EqualTo(position));
        Assert.That(back!.Value.CreateTime.Kind, Is.EqualTo(DateTimeKind.Utc));
    }

    [FsCheck.NUnit.Property]
    public void A_revision_comes_back(ulong number)
    {
        var revision = (long)(number % long.MaxValue) + 1;

        Assert.That(PageToken.DecodeRevision(Query, PageToken.Encode(Query, revision)), Is.EqualTo(revision));
    }

    [Test]
    public void No_token_stands_for_the_first_page()
    {
        Assert.That(PageToken.DecodePosition(Query, string.Empty), Is.Null);
        Assert.That(PageToken.DecodeRevision(Query, string.Empty), Is.Null);
    }

    [TestCaseSource(nameof(s_users))]
    public void Any_other_character_at_any_place_is_refused(string user)
    {
        var token = TokenOf(user);
        for (var place = 0; place < token.Length; place++)
        {
            foreach (var other in (Base64UrlCharacters + "=+/ \n.%\u00e9").Where(other => other != token[place]))
                AssertRefused($"{token[..place]}{other}{token[(place + 1)..]}");
        }
    }

    [TestCaseSource(nameof(s_users))]
    public void A_token_cut_short_or_made_longer_is_refused(string user)
    {
        var token = TokenOf(user);
        for (var place = 1; place < token.Length; place++)
        {
            AssertRefused(token[..place]);
            AssertRefused(token[place..]);
            AssertRefused(token.Insert(place, " "));
        }

        foreach (var more in new[] { "A", "AA", "AAA", "=", "==", " ", "\n", "\0", token })
            AssertRefused(token + more);
    }

    [TestCase("x", "one character")]
    [TestCase("AAAAAAAAAAA", "a check without a position")]
    [TestCase("AAAAAAAAAAAA", "a wrong check")]
    [TestCase("\u00e9", "a letter beyond ASCII")]
    [TestCase("\ufffd", "the replacement character")]
    [TestCase("null", "a word")]
    [TestCase("2", "a page number")]
    public void Text_that_was_never_issued_is_refused(string token, string why)
    {
        AssertRefused(token, why);
        Assert.That(() => PageToken.DecodeRevision(Query, token), Throws.TypeOf<Core.Errors.ProfilesException>(), why);
    }

    [Test]
    public void A_token_of_any_length_is_refused_without_harm()
    {
        for (var length = 1; length < 1000; length++)
            AssertRefused(new string('A', length));
        AssertRefused(new string('A', 1_000_000));
    }

    [TestCase("profiles\ndemo\nTrue", "the other order")]
    [TestCase("profiles\nother\nFalse", "another organization")]
    [TestCase("changes\ndemo\nFalse", "another list")]
    [TestCase("", "no query")]
    public void A_token_of_another_query_is_refused(string query, string why)
    {
        AssertRefused(PageToken.Encode(query, new ListPosition(default, UserId.Parse("a"))), why);
        Assert.That(
            Failures.InvalidOf(() => PageToken.DecodeRevision(Query, PageToken.Encode(query, 1))),
            Is.EqualTo(new[] { Refusal }),
            why);
    }

    [Test]
    public void A_token_of_the_other_kind_of_list_is_refused()
    {
        AssertRefused(PageToken.Encode(Query, 1));
        Assert.That(
            Failures.InvalidOf(() => PageToken.DecodeRevision(Query, TokenOf("alice"))), Is.EqualTo(new[] { Refusal }));
    }

    // The check is no secret, so that whoever knows the form can make tokens: they must do no harm.
    [TestCase("", "nothing")]
    [TestCase(" ", "a blank")]
    [TestCase("1", "no user")]
    [TestCase("1 ", "an empty user")]
    [TestCase("1 a/b", "no user id")]
    [TestCase("1 a b", "three parts")]
    [TestCase("-1 a", "a negative time")]
    [TestCase("x a", "no time")]
    [TestCase("3155378976000000000 a", "later than the last day")]
    [TestCase("99999999999999999999 a", "more than a time holds")]
    public void A_forged_position_is_refused(string position, string why) =>
        AssertRefused(Forge(Encoding.UTF8.GetBytes(position)), why);

    [TestCase("", "nothing")]
    [TestCase("-1", "a negative one")]
    [TestCase("1.5", "a fraction")]
    [TestCase(" 1", "a blank")]
    [TestCase("9223372036854775808", "more than a revision holds")]
    public void A_forged_revision_is_refused(string revision, string why) =>
        Assert.That(
            Failures.InvalidOf(() => PageToken.DecodeRevision(Query, Forge(Encoding.UTF8.GetBytes(revision)))),
            Is.EqualTo(new[] { Refusal }),
            why);

    [Test]
    public void A_forged_position_that_is_no_UTF_8_is_refused() => AssertRefused(Forge([0x31, 0x20, 0xff]));

    private const string Refusal = "page_token must be the next_page_token of the same query, unaltered";

    private static string TokenOf(string user) =>
        PageToken.Encode(Query, new ListPosition(new DateTime(2026, 1, 31, 0, 0, 0, DateTimeKind.Utc), UserId.Parse(user)));

    private static void AssertRefused(string token, string? why = null) =>
        Assert.That(Failures.InvalidOf(() => PageToken.DecodePosition(Query, token)), Is.EqualTo(new[] { Refusal }), why ?? token);

    private static string Forge(byte[] position)
    {
        byte[] query = [.. Encoding.UTF8.GetBytes(Query), (byte)'\n', .. position];
        return Base64Url.EncodeToString([.. SHA256.HashData(query).AsSpan(0, 8), .. position]);
    }
}
