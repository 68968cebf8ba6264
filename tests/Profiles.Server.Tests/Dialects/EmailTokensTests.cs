using Profiles.Core.Credentials.Applications;
using Profiles.Core.Identity;
using Profiles.Server.Dialects.Epixel;
using Profiles.Server.Tests.Tokens;

namespace Profiles.Server.Tests.Dialects;

/// <summary>A token is good for one user, one address and one hour.</summary>
internal sealed class EmailTokensTests
{
    private const string Email = "a@b.example";

    private static readonly ProfileKey Alice = Key("acme", "alice");

    private FakeClock clock = null!;
    private EmailTokens tokens = null!;

    [SetUp]
    public void Create()
    {
        clock = new FakeClock();
        tokens = new EmailTokens(new MasterKeys([new MasterKey("test", new byte[MasterKeys.KeyLength])]), clock);
    }

    [Test]
    public void It_is_good_until_its_end()
    {
        var issued = tokens.Issue(Alice, Email);
        var end = issued.ExpireTime - clock.GetUtcNow().UtcDateTime;

        Assert.That(Matches(issued), Is.True);
        clock.Now += end - TimeSpan.FromMilliseconds(1);
        Assert.That(Matches(issued), Is.True);
        clock.Now += TimeSpan.FromMilliseconds(1);
        Assert.That(Matches(issued), Is.False);
    }

    [Test]
    public void Nothing_of_it_can_be_exchanged()
    {
        var issued = tokens.Issue(Alice, Email);

        Assert.That(tokens.Match(Key("acme", "bob"), Email, issued.Token, issued.Checksum), Is.False);
        Assert.That(tokens.Match(Key("other", "alice"), Email, issued.Token, issued.Checksum), Is.False);
        Assert.That(tokens.Match(Alice, "A@b.example", issued.Token, issued.Checksum), Is.False);
        Assert.That(tokens.Match(Alice, Email, tokens.Issue(Alice, Email).Token, issued.Checksum), Is.False);
    }

    [FsCheck.NUnit.Property]
    public void No_other_text_is_a_checksum(FsCheck.NonNull<string> text)
    {
        var issued = tokens.Issue(Alice, Email);

        Assert.That(tokens.Match(Alice, Email, issued.Token, text.Get), Is.False);
    }

    [Test]
    public void A_checksum_with_one_character_changed_is_none()
    {
        var issued = tokens.Issue(Alice, Email);
        for (var i = 0; i < issued.Checksum.Length; i++)
        {
            foreach (var other in "A_9-z")
            {
                var changed = $"{issued.Checksum[..i]}{other}{issued.Checksum[(i + 1)..]}";
                Assert.That(tokens.Match(Alice, Email, issued.Token, changed), Is.EqualTo(changed == issued.Checksum), changed);
            }
        }
    }

    private bool Matches(EmailToken issued) => tokens.Match(Alice, Email, issued.Token.ToLowerInvariant(), issued.Checksum);

    private static ProfileKey Key(string organization, string user) => new(OrganizationId.Parse(organization), UserId.Parse(user));
}
