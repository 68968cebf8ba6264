using System.Security.Cryptography;
using System.Text;
using Profiles.Core.Credentials.Applications;
using Profiles.Core.Errors;
using Profiles.Core.Identity;
using Profiles.Core.Tests.Support;

namespace Profiles.Core.Tests.Credentials;

[TestFixture]
public class MasterKeysTests
{
    private static readonly SecretPlace s_place = new(Keys.Demo, Guid.CreateVersion7(DateTimeOffset.UnixEpoch), Guid.CreateVersion7(DateTimeOffset.UnixEpoch));

    [FsCheck.NUnit.Property]
    public void What_was_sealed_can_be_opened(FsCheck.NonNull<string> text)
    {
        var keys = new MasterKeys([Key("a")]);
        var secret = new string(text.Get.Where(c => !char.IsSurrogate(c)).ToArray());

        Assert.That(Open(keys, s_place, "a", keys.Seal(s_place, secret)), Is.EqualTo(secret));
    }

    [Test]
    public void The_first_key_seals_and_all_open()
    {
        var (old, newer) = (Key("old"), Key("new"));
        var content = new MasterKeys([old]).Seal(s_place, "secret");
        var both = new MasterKeys([newer, old]);

        Assert.That(both.CurrentId, Is.EqualTo("new"));
        Assert.That(Open(both, s_place, "old", content), Is.EqualTo("secret"));
        Assert.That(Open(new MasterKeys([newer]), s_place, "old", content), Is.Null);
        Assert.That(Open(new MasterKeys([old]), s_place, "new", both.Seal(s_place, "secret")), Is.Null);
    }

    [Test]
    public void Another_key_of_the_same_id_opens_nothing() =>
        Assert.That(Open(new MasterKeys([Key("a")]), s_place, "a", new MasterKeys([Key("a")]).Seal(s_place, "secret")), Is.Null);

    [Test]
    public void A_hash_is_authentic_for_its_text_and_purpose_with_every_key()
    {
        var (old, newer) = (Key("old"), Key("new"));
        var hash = new MasterKeys([old]).Authenticate("a", "text"u8);
        var both = new MasterKeys([newer, old]);

        Assert.That(both.IsAuthentic("a", "text"u8, hash), Is.True);
        Assert.That(both.IsAuthentic("a", "test"u8, hash), Is.False);
        Assert.That(both.IsAuthentic("b", "text"u8, hash), Is.False);
        Assert.That(both.IsAuthentic("a", "text"u8, hash.AsSpan(1)), Is.False);
        Assert.That(new MasterKeys([newer]).IsAuthentic("a", "text"u8, hash), Is.False);
        Assert.That(new MasterKeys([newer]).IsAuthentic("a", "text"u8, both.Authenticate("a", "text"u8)), Is.True);
    }

    [Test]
    public void Without_a_key_nothing_is_authentic()
    {
        var none = new MasterKeys([]);

        var failure = Assert.Throws<ProfilesException>(() => none.Authenticate("a", "text"u8))!;
        Assert.That(failure.Reason, Is.EqualTo(ErrorReason.MasterKeyMissing));
        Assert.That(none.IsAuthentic("a", "text"u8, new byte[32]), Is.False);
    }

    private static readonly SecretPlace[] s_elsewhere =
    [
        s_place with { Organization = OrganizationId.Parse("other") },
        s_place with { Application = Guid.CreateVersion7(DateTimeOffset.UnixEpoch) },
        s_place with { Secret = Guid.CreateVersion7(DateTimeOffset.UnixEpoch) },
    ];

    [TestCaseSource(nameof(s_elsewhere))]
    public void What_was_moved_cannot_be_opened(SecretPlace place)
    {
        var keys = new MasterKeys([Key("a")]);

        Assert.That(Open(keys, place, "a", keys.Seal(s_place, "secret")), Is.Null);
    }

    [Test]
    public void What_was_altered_in_any_bit_or_cut_cannot_be_opened()
    {
        var keys = new MasterKeys([Key("a")]);
        var content = keys.Seal(s_place, "secret");

        for (var bit = 0; bit < content.Length * 8; bit++)
        {
            var altered = (byte[])content.Clone();
            altered[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.That(Open(keys, s_place, "a", altered), Is.Null, $"bit {bit}");
        }

        for (var length = 0; length < content.Length; length++)
            Assert.That(Open(keys, s_place, "a", content[..length]), Is.Null, $"{length} bytes");
    }

    [Test]
    public void The_same_secret_looks_different_each_time_and_never_like_itself()
    {
        var keys = new MasterKeys([Key("a")]);
        var contents = Enumerable.Range(0, 100).Select(_ => Convert.ToHexString(keys.Seal(s_place, "secret"))).ToList();

        Assert.That(contents.Distinct().Count(), Is.EqualTo(100));
        Assert.That(contents, Has.None.Contains(Convert.ToHexString(Encoding.UTF8.GetBytes("secret"))));
    }

    [Test]
    public void Without_a_key_nothing_can_be_sealed()
    {
        var failure = Assert.Throws<ProfilesException>(() => new MasterKeys([]).Seal(s_place, "secret"));

        Assert.That(failure!.Reason, Is.EqualTo(ErrorReason.MasterKeyMissing));
        Assert.That(failure.Message, Does.Contain("PROFILES_MASTER_KEYS"));
    }

    [Test]
    public void Keys_are_read_from_lines_in_their_order()
    {
        var (a, b) = (Key("2026-01"), Key("b"));
        var text = $"# the newest first\n\n{Line(a)}\r\n  {Line(b)}  \n";

        var keys = MasterKeyReader.Read(text);

        Assert.That(keys.CurrentId, Is.EqualTo("2026-01"));
        Assert.That(Open(keys, s_place, "b", new MasterKeys([b]).Seal(s_place, "secret")), Is.EqualTo("secret"));
        Assert.That(MasterKeyReader.Read($"{Line(b)},{Line(a)}").CurrentId, Is.EqualTo("b"));
    }

    [TestCase("", "must have 1–32 lines")]
    [TestCase("# nothing", "must have 1–32 lines")]
    [TestCase("a", "line 1")]
    [TestCase(":AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "line 1")]
    [TestCase("a b:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "line 1")]
    [TestCase("a:AAAA", "line 1")]
    [TestCase("a:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "line 1")]
    [TestCase("a:not base64 at all, and more than 32 bytes of it", "line 1")]
    [TestCase("a:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\nb", "line 2")]
    [TestCase("a:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\na:BAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "two master keys of the same id")]
    public void A_text_that_breaks_a_rule_is_refused_without_being_repeated(string text, string rule)
    {
        var failure = Assert.Throws<FormatException>(() => MasterKeyReader.Read(text));

        Assert.That(failure!.Message, Does.Contain(rule));
        Assert.That(failure.Message, Does.Not.Contain("AAAA"));
    }

    private static MasterKey Key(string id) => new(id, RandomNumberGenerator.GetBytes(32));

    private static string Line(MasterKey key) => $"{key.Id}:{Convert.ToBase64String(key.Bytes)}";

    private static string? Open(MasterKeys keys, SecretPlace place, string id, byte[] content) =>
        keys.Open(place, id, content) is { } text ? Encoding.UTF8.GetString(text) : null;
}
