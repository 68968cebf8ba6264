using Profiles.Core.Credentials.ApiKeys;

namespace Profiles.Core.Tests.Credentials;

[TestFixture]
public class ApiKeyTextTests
{
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    [TestCase(ApiKeyType.Session, "^profiles_session_[0-9A-Za-z]{49}$")]
    [TestCase(ApiKeyType.Public, "^profiles_public_[0-9A-Za-z]{49}$")]
    [TestCase(ApiKeyType.Administrative, "^profiles_admin_[0-9A-Za-z]{49}$")]
    public void Has_a_beginning_that_scanners_recognise(ApiKeyType type, string form) =>
        Assert.That(ApiKeyText.Create(type), Does.Match(form));

    [Test]
    public void Is_another_one_each_time_with_all_characters_in_all_places()
    {
        var keys = Enumerable.Range(0, 5000).Select(_ => ApiKeyText.Create(ApiKeyType.Public)["profiles_public_".Length..]).ToList();

        Assert.That(keys.Distinct().Count(), Is.EqualTo(keys.Count));
        // The chance that one of 62 characters is missing in a place is 62 × e^-80.
        foreach (var place in Enumerable.Range(0, 43))
            Assert.That(keys.Select(key => key[place]).Distinct().Count(), Is.EqualTo(Alphabet.Length), $"place {place}");
    }

    [FsCheck.NUnit.Property]
    public void Says_its_type_while_it_is_whole(byte number)
    {
        var type = (ApiKeyType)(number % 3 + 1);
        var key = ApiKeyText.Create(type);

        Assert.That(ApiKeyText.TypeOf(key), Is.EqualTo(type));
        Assert.That(ApiKeyText.IsPossible(key), Is.True);
    }

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public void One_wrong_character_is_noticed(ushort place, byte letter)
    {
        var key = ApiKeyText.Create(ApiKeyType.Session);
        var i = "profiles_".Length + place % (key.Length - "profiles_".Length);
        var other = Alphabet[letter % Alphabet.Length];
        if (key[i] == other)
            return;

        var damaged = $"{key[..i]}{other}{key[(i + 1)..]}";

        Assert.That(ApiKeyText.TypeOf(damaged), Is.Null);
        Assert.That(ApiKeyText.IsPossible(damaged), Is.False);
    }

    [FsCheck.NUnit.Property]
    public void Two_swapped_characters_are_noticed(ushort place)
    {
        var key = ApiKeyText.Create(ApiKeyType.Administrative);
        var i = "profiles_admin_".Length + place % 48;
        if (key[i] == key[i + 1])
            return;

        Assert.That(ApiKeyText.IsPossible($"{key[..i]}{key[i + 1]}{key[i]}{key[(i + 2)..]}"), Is.False);
    }

    [FsCheck.NUnit.Property]
    public void A_truncated_one_is_noticed(byte length)
    {
        var key = ApiKeyText.Create(ApiKeyType.Administrative);

        Assert.That(ApiKeyText.IsPossible(key[..(length % key.Length)]), Is.False);
    }

    [TestCase("0123456789abcdef", true)]
    [TestCase("d41d8cd98f00b204e9800998ecf8427e", true)]
    [TestCase("0123456789abcde", false)]
    [TestCase("", false)]
    [TestCase("0123456789abcde ", false)]
    [TestCase("0123456789abcd\u007f1", false)]
    [TestCase("0123456789abcd\n12", false)]
    [TestCase("0123456789abcdé1", false)]
    [TestCase("profiles_0123456789abcdef", false)]
    [TestCase("Profiles_0123456789abcdef", true)]
    public void A_text_of_another_system_is_possible_or_not(string text, bool possible) =>
        Assert.That(ApiKeyText.IsPossible(text), Is.EqualTo(possible));

    [TestCase(256, true)]
    [TestCase(257, false)]
    public void A_text_has_at_most_256_characters(int length, bool possible) =>
        Assert.That(ApiKeyText.IsPossible(new string('k', length)), Is.EqualTo(possible));

    [TestCase("0123456789abcdef", "01")]
    [TestCase("0123456789abcdef0123456789abcdef", "0123")]
    [TestCase("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", "012345")]
    public void Of_an_imported_key_little_is_shown(string text, string prefix) =>
        Assert.That(ApiKeyText.PrefixOf(text), Is.EqualTo(prefix));

    [Test]
    public void Of_a_key_made_here_the_type_and_six_characters_are_shown()
    {
        var key = ApiKeyText.Create(ApiKeyType.Administrative);

        Assert.That(ApiKeyText.PrefixOf(key), Is.EqualTo(key[.."profiles_admin_123456".Length]));
    }

    [Test]
    public void The_hash_is_sha_256_of_the_text()
    {
        // From `printf 0123456789abcdef | sha256sum`.
        var hash = ApiKeyHash.Of("0123456789abcdef");

        Assert.That(
            Convert.ToHexStringLower(hash.ToBytes()),
            Is.EqualTo("9f9f5111f7b27a781f1f1ddde5ebc2dd2b796bfc7365c9c28b548e564176929f"));
        Assert.That(hash, Is.EqualTo(ApiKeyHash.Of("0123456789abcdef")));
        Assert.That(hash, Is.Not.EqualTo(ApiKeyHash.Of("0123456789abcdeg")));
        Assert.That(hash.ToString(), Is.EqualTo("ApiKeyHash"));
    }
}
