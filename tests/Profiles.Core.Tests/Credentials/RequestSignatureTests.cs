using System.Text;
using Profiles.Core.Credentials.Applications;

namespace Profiles.Core.Tests.Credentials;

[TestFixture]
public class RequestSignatureTests
{
    // From `printf 'secret1nonce1408710653491' | sha1sum`.
    private const string Signature = "e9bfb73350de11d69dd60e340b3dc3131cd44f11";

    private static readonly byte[] s_secret = Encoding.UTF8.GetBytes("secret1");
    private static readonly byte[] s_other = Encoding.UTF8.GetBytes("secret2");

    [Test]
    public void Is_sha_1_of_secret_nonce_and_timestamp()
    {
        var signature = RequestSignature.TryRead("nonce", "1408710653491", Signature)!;

        Assert.That(signature.IsMadeWith([s_secret, s_other]), Is.True);
        Assert.That(signature.IsMadeWith([s_other, s_secret]), Is.True);
        Assert.That(signature.IsMadeWith([s_other, s_other]), Is.False);
    }

    [TestCase("nonce", "1408710653492")]
    [TestCase("Nonce", "1408710653491")]
    [TestCase("nonce ", "1408710653491")]
    public void Another_nonce_or_timestamp_has_another_one(string nonce, string timestamp) =>
        Assert.That(RequestSignature.TryRead(nonce, timestamp, Signature)!.IsMadeWith([s_secret, s_other]), Is.False);

    [Test]
    public void Every_bit_counts()
    {
        for (var bit = 0; bit < 160; bit++)
        {
            var digest = Convert.FromHexString(Signature);
            digest[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.That(new RequestSignature("nonce", "1408710653491", digest).IsMadeWith([s_secret, s_other]), Is.False);
        }
    }

    [TestCase("", "1", Signature)]
    [TestCase("1", "", Signature)]
    [TestCase("1", "1", "")]
    [TestCase("1", "1", Signature + "0")]
    [TestCase("1", "1", "0123456789012345678901234567890123456789 ")]
    [TestCase("1", "1", "g123456789012345678901234567890123456789")]
    [TestCase("1", "1", "é123456789012345678901234567890123456789")]
    public void What_is_no_signature_is_not_read(string nonce, string timestamp, string signature) =>
        Assert.That(RequestSignature.TryRead(nonce, timestamp, signature), Is.Null);

    [TestCase(128, true)]
    [TestCase(129, false)]
    public void Nonces_and_timestamps_have_at_most_128_characters(int length, bool read)
    {
        Assert.That(RequestSignature.TryRead(new string('1', length), "1", Signature) is not null, Is.EqualTo(read));
        Assert.That(RequestSignature.TryRead("1", new string('1', length), Signature) is not null, Is.EqualTo(read));
    }

    [TestCase("1408710653", "2014-08-22T12:30:53.0000000Z")]
    [TestCase("1408710653491", "2014-08-22T12:30:53.4910000Z")]
    [TestCase("0", "1970-01-01T00:00:00.0000000Z")]
    public void The_time_is_in_seconds_or_milliseconds(string timestamp, string time)
    {
        Assert.That(RequestSignature.TryRead("1", timestamp, Signature)!.TryGetTime(out var read), Is.True);
        Assert.That(read.ToString("O"), Is.EqualTo(time));
    }

    [TestCase("yesterday")]
    [TestCase("-1")]
    [TestCase("1e9")]
    [TestCase(" 1408710653")]
    [TestCase("9223372036854775807")]
    [TestCase("99999999999999999999999")]
    public void What_is_no_time_is_not_read(string timestamp) =>
        Assert.That(RequestSignature.TryRead("1", timestamp, Signature)!.TryGetTime(out _), Is.False);
}
