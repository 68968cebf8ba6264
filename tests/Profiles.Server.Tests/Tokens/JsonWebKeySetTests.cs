using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Profiles.Server.Tokens;
using Profiles.Server.Tokens.Claims;
using Profiles.Server.Tokens.Keys;
using static Profiles.Server.Tests.Tokens.TestIssuer;

namespace Profiles.Server.Tests.Tokens;

public class JsonWebKeySetTests
{
    private static readonly string Ec = EcJwk("a", EcKey.ExportParameters(false).Q);
    private static readonly string Rsa = RsaJwk("r", RsaKey.ExportParameters(false).Modulus!, "AQAB");
    private static readonly string OtherCurve = """{"kty":"EC","kid":"p","crv":"P-384","x":"AA","y":"AA"}""";

    // keys, ids that are found
    private static IEnumerable<TestCaseData> GoodSets()
    {
        yield return Case("EC", Ec, "a");
        yield return Case("RSA", Rsa, "r");
        yield return Case("both", $"{Ec},{Rsa}", "a r");
        yield return Case("use sig", With(Ec, "use", "\"sig\""), "a");
        yield return Case("alg ES256", With(Ec, "alg", "\"ES256\""), "a");
        yield return Case("alg RS256", With(Rsa, "alg", "\"RS256\""), "r");
        yield return Case("key_ops verify", With(Ec, "key_ops", "[\"verify\"]"), "a");
        yield return Case("certificates and unknown members", With(With(Rsa, "x5c", "[\"MII\"]"), "x", "{}"), "r");
        yield return Case("another kid of the same key", $"{Ec},{With(Ec, "kid", "\"b\"")}", "a b");

        yield return Case("passed over: use enc", $"{Ec},{With(Rsa, "use", "\"enc\"")}", "a");
        yield return Case("passed over: use is no text", $"{Ec},{With(Rsa, "use", "1")}", "a");
        yield return Case("passed over: key_ops encrypt", $"{Ec},{With(Rsa, "key_ops", "[\"encrypt\"]")}", "a");
        yield return Case("passed over: key_ops is no array", $"{Ec},{With(Rsa, "key_ops", "\"verify\"")}", "a");
        yield return Case("passed over: alg PS256", $"{Ec},{With(Rsa, "alg", "\"PS256\"")}", "a");
        yield return Case("passed over: an EC key said to be for RS256", $"{With(Ec, "alg", "\"RS256\"")},{Rsa}", "r");
        yield return Case("passed over: another curve", $"{Ec},{OtherCurve}", "a");
        yield return Case("passed over: an unknown type", $$"""{{Ec}},{"kty":"OKP","kid":"o","crv":"Ed25519","x":"AA"}""", "a");
        yield return Case("passed over: no kid", $"{Ec},{With(Rsa, "kid", null)}", "a");
        yield return Case("passed over: the same kid where the other is not for us",
            $"{Ec},{With(OtherCurve, "kid", "\"a\"")}", "a");

        static TestCaseData Case(string name, string keys, string ids) => new TestCaseData(keys, ids).SetName($"Key set: {name}");
    }

    // document, what the message says
    private static IEnumerable<TestCaseData> BadDocuments()
    {
        yield return Case("empty", "", "is not a JSON object");
        yield return Case("not JSON", "-----BEGIN PUBLIC KEY-----", "is not a JSON object");
        yield return Case("an array", $"[{Ec}]", "is not a JSON object");
        yield return Case("a member twice", """{"keys":[],"keys":[]}""", "without repeated members");
        yield return Case("one key without a set", Ec, "has no array 'keys'");
        yield return Case("keys is no array", $$"""{"keys":{{Ec}}}""", "has no array 'keys'");
        yield return Case("too many keys", Set(string.Join(',', Enumerable.Repeat(OtherCurve, 65))), "has more than 64 keys");
        yield return Case("too large", Set(Ec) + new string(' ', JsonWebKeySet.MaxBytes), "is larger than 256 KiB");
        yield return Case("a key that is no object", Set($"{Ec},1"), "has a key, number 2, that is not a JSON object");
        yield return Case("a kid twice", Set($"{Ec},{With(Rsa, "kid", "\"a\"")}"), "has the key 'a' twice");
        yield return Case("no type", Set(With(Ec, "kty", null)), "number 1 has no 'kty'");
        yield return Case("kid is no text", Set(With(Ec, "kid", "1")), "has a 'kid' that is not a text of 1–255 characters");
        yield return Case("kid is empty", Set(With(Ec, "kid", "\"\"")), "has a 'kid'");
        yield return Case("kid is too long", Set(With(Ec, "kid", $"\"{new string('k', 256)}\"")), "has a 'kid'");

        yield return Case("a private EC key", Set($"{Rsa},{With(Ec, "d", "\"AA\"")}"), "number 2 has the secret member 'd'");
        yield return Case("a private RSA key", Set(With(Rsa, "q", "\"AA\"")), "has the secret member 'q'");
        yield return Case("a secret", Set("""{"kty":"oct","kid":"s","k":"AA"}"""), "has the secret member 'k'");
        yield return Case("a private key of an unknown type",
            Set("""{"kty":"OKP","crv":"Ed25519","x":"AA","d":"AA"}"""), "secret member 'd'");

        yield return Case("no x", Set(With(Ec, "x", null)), "has no 'x' in base64url");
        yield return Case("x with padding", Set(With(Ec, "x", "\"AA==\"")), "has no 'x' in base64url");
        yield return Case("y is short", Set(With(Ec, "y", "\"AQ\"")), "has a coordinate that is not 32 bytes long");
        yield return Case("x is long", Set(With(Ec, "x", $"\"{Base64Url.EncodeToString(new byte[33])}\"")), "not 32 bytes long");
        yield return Case("a point off the curve", Set(EcJwk("a", OffCurve())), "is not a point on the curve P-256");
        yield return Case("the origin",
            Set(EcJwk("a", new ECPoint { X = new byte[32], Y = new byte[32] })), "is not a point on the curve");
        yield return Case("x beyond the field", Set(EcJwk("a", new ECPoint
        {
            X = Enumerable.Repeat((byte)0xFF, 32).ToArray(),
            Y = EcKey.ExportParameters(false).Q.Y,
        })), "is not a point on the curve");

        yield return Case("2047 bits", Set(RsaJwk("r", [0x7F, .. Filled(255)], "AQAB")), "has a modulus of 2047 bits");
        yield return Case("1024 bits", Set(RsaJwk("r", Filled(128), "AQAB")), "has a modulus of 1024 bits");
        yield return Case("8193 bits", Set(RsaJwk("r", [1, .. Filled(1024)], "AQAB")), "has a modulus of 8193 bits");
        yield return Case("leading zeros that hide a short modulus",
            Set(RsaJwk("r", [.. new byte[128], .. Filled(128)], "AQAB")), "without leading zeros");
        yield return Case("exponent 1", Set(With(Rsa, "e", "\"AQ\"")), "has a public exponent");
        yield return Case("exponent 3", Set(With(Rsa, "e", "\"Aw\"")), "has a public exponent");
        yield return Case("exponent 65536", Set(With(Rsa, "e", "\"AQAA\"")), "has a public exponent");
        yield return Case("exponent of 33 bits", Set(With(Rsa, "e", "\"AQAAAAE\"")), "has a public exponent");
        yield return Case("no exponent", Set(With(Rsa, "e", null)), "has no 'e'");
        yield return Case("empty modulus", Set(With(Rsa, "n", "\"\"")), "has no 'n'");

        static TestCaseData Case(string name, string document, string message) =>
            new TestCaseData(document, message).SetName($"Bad key set: {name}");
    }

    [TestCaseSource(nameof(GoodSets))]
    public void Keys_are_found_by_their_ids(string keys, string ids)
    {
        var set = JsonWebKeySet.Parse(Encoding.UTF8.GetBytes(Set(keys)));
        var expected = ids.Split(' ');
        Assert.That(expected.Select(id => set.Find(id)?.Id), Is.EqualTo(expected));
        Assert.That(set.Count, Is.EqualTo(expected.Length));
        Assert.That(set.Find("A"), Is.Null);
    }

    [TestCaseSource(nameof(BadDocuments))]
    public void Bad_document_is_refused_with_a_reason(string document, string message) => Assert.That(
        () => JsonWebKeySet.Parse(Encoding.UTF8.GetBytes(document)),
        Throws.TypeOf<FormatException>().With.Message.Contains(message));

    [Test]
    public void An_issuer_may_have_no_key_for_us([Values("", "other curve")] string keys) => Assert.That(
        JsonWebKeySet.Parse(Encoding.UTF8.GetBytes(Set(keys.Length == 0 ? "" : OtherCurve))).Count, Is.Zero);

    [Test]
    public void Keys_that_were_read_verify()
    {
        var set = JsonWebKeySet.Parse(Encoding.UTF8.GetBytes(Set($"{With(Ec, "kid", "\"ec\"")},{With(Rsa, "kid", "\"rsa\"")}")));
        var validator = new TokenValidator([new(Name, "profiles", new FixedKeys(set), ClaimRules.Default)], Clock);
        Assert.That(validator.Check(Es256(), out _), Is.EqualTo(TokenFault.None));
        Assert.That(validator.Check(Rs256(), out _), Is.EqualTo(TokenFault.None));
    }

    [Test]
    public void Message_does_not_repeat_a_secret() => Assert.That(
        () => JsonWebKeySet.Parse(Encoding.UTF8.GetBytes(Set(With(Ec, "d", "\"c2VjcmV0\"")))),
        Throws.TypeOf<FormatException>().With.Message.Not.Contains("c2VjcmV0"));

    private static string Set(string keys) => $$"""{"keys":[{{keys}}]}""";

    private static string RsaJwk(string id, byte[] modulus, string exponent) =>
        $$"""{"kty":"RSA","kid":"{{id}}","n":"{{Base64Url.EncodeToString(modulus)}}","e":"{{exponent}}"}""";

    private static ECPoint OffCurve()
    {
        var point = EcKey.ExportParameters(false).Q;
        point.Y![^1] ^= 1;
        return point;
    }

    private static byte[] Filled(int length) => Enumerable.Repeat((byte)0xFF, length).ToArray();
}
