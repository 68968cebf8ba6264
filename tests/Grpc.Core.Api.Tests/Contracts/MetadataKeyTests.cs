using System.Text.RegularExpressions;

namespace Grpc.Core.Api.Tests.Contracts;

[TestFixture]
public partial class MetadataKeyTests
{
    [TestCase("a", "a")]
    [TestCase("0", "0")]
    [TestCase("x.y_z-0", "x.y_z-0")]
    [TestCase("-", "-")]
    [TestCase("X-Request-ID", "x-request-id")]
    [TestCase("AZ", "az")]
    [TestCase("xbin", "xbin")]
    [TestCase("x-bin-x", "x-bin-x")]
    public void Text_keys_turn_to_lower_case(string key, string normal) =>
        Assert.That(new Metadata.Entry(key, "value").Key, Is.EqualTo(normal));

    [TestCase("x-bin", "x-bin")]
    [TestCase("X-BIN", "x-bin")]
    [TestCase("x-Bin", "x-bin")]
    [TestCase("-bin", "-bin")]
    public void Binary_keys_turn_to_lower_case(string key, string normal) =>
        Assert.That(new Metadata.Entry(key, [1]).Key, Is.EqualTo(normal));

    [TestCase(" ", TestName = "space")]
    [TestCase("a b", TestName = "space inside")]
    [TestCase("a\n", TestName = "line feed: would split the header")]
    [TestCase("a\r\nb", TestName = "line end: would add a header")]
    [TestCase("a\0", TestName = "NUL")]
    [TestCase(":path", TestName = "pseudo header")]
    [TestCase("a/b", TestName = "slash")]
    [TestCase("a,b", TestName = "comma")]
    [TestCase("a\"", TestName = "quote")]
    [TestCase("ä", TestName = "letter beyond ASCII")]
    [TestCase("\u212A", TestName = "Kelvin sign, whose lower case is k")]
    [TestCase("İ", TestName = "letter whose lower case depends on the culture")]
    [TestCase("\ud800", TestName = "lone surrogate")]
    public void Other_characters_are_refused(string key)
    {
        Assert.That(() => new Metadata.Entry(key, "value"), Throws.ArgumentException);
        Assert.That(() => new Metadata.Entry(key + "-bin", [1]), Throws.ArgumentException);
    }

    [TestCase("-bin")]
    [TestCase("x-bin")]
    [TestCase("X-BIN")]
    public void Text_has_no_binary_key(string key) =>
        Assert.That(() => new Metadata.Entry(key, "value"), Throws.ArgumentException);

    [TestCase("x")]
    [TestCase("xbin")]
    [TestCase("x_bin")]
    [TestCase("x-bins")]
    public void Bytes_have_no_text_key(string key) =>
        Assert.That(() => new Metadata.Entry(key, [1]), Throws.ArgumentException);

    [Test]
    public void Null_is_refused()
    {
        Assert.That(() => new Metadata.Entry(null!, "value"), Throws.ArgumentNullException);
        Assert.That(() => new Metadata.Entry(null!, [1]), Throws.ArgumentNullException);
        Assert.That(() => new Metadata.Entry("x", (string)null!), Throws.ArgumentNullException);
        Assert.That(() => new Metadata.Entry("x-bin", (byte[])null!), Throws.ArgumentNullException);
    }

    [FsCheck.NUnit.Property(MaxTest = 1000)]
    public void A_key_is_taken_exactly_when_the_protocol_has_it(byte first, byte[] others)
    {
        // Mostly legal characters, so that legal keys come up as often as others.
        const string Alphabet = "abinABIN019._--bin-bin :é";
        var key = string.Concat(others.Prepend(first).Select(number => Alphabet[number % Alphabet.Length]));

        var legal = LegalKey().IsMatch(key);
        var binary = key.EndsWith("-bin", StringComparison.OrdinalIgnoreCase);

        Assert.That(Key(() => new Metadata.Entry(key, "value")), Is.EqualTo(legal && !binary ? key.ToLowerInvariant() : null));
        Assert.That(Key(() => new Metadata.Entry(key, [1])), Is.EqualTo(legal && binary ? key.ToLowerInvariant() : null));
    }

    private static string? Key(Func<Metadata.Entry> create)
    {
        try
        {
            return create().Key;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"\A[A-Za-z0-9._-]+\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LegalKey();
}
