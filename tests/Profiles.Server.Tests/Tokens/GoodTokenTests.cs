using System.Buffers.Text;
using System.Numerics;
using Profiles.Server.Tokens;
using static Profiles.Server.Tests.Tokens.TestIssuer;

namespace Profiles.Server.Tests.Tokens;

/// <summary>Tokens that have to be taken, some of them unusual.</summary>
public class GoodTokenTests
{
    private static readonly TokenValidator Checker = Validator();

    private static IEnumerable<TestCaseData> Tokens()
    {
        yield return Case("ES256", Es256());
        yield return Case("RS256", Rs256());
        yield return Case("no type", WithHeader("typ", null));
        yield return Case("type in small letters", WithHeader("typ", "\"jwt\""));
        yield return Case("access token (RFC 9068)", WithHeader("typ", "\"at+jwt\""));
        yield return Case("access token with the whole media type", WithHeader("typ", "\"application/at+jwt\""));
        yield return Case("JWT with the whole media type", WithHeader("typ", "\"application/jwt\""));
        yield return Case("addresses of keys are not looked at", WithHeader("jku", "\"https://evil.example/jwks\""));
        yield return Case("a certificate's hash is not looked at", WithHeader("x5t", "\"abc\""));
        yield return Case("escaped names and values", Es256("""{"\u0061lg":"ES\u003256","kid":"\u0065c"}"""));
        yield return Case("white space in the JSON", Es256(Header.Replace(",", " ,\r\n\t", StringComparison.Ordinal)));
        yield return Case("the other issuer", Es256(Header, With(Payload, "iss", $"\"{OtherName}\""), OtherEcKey));
        yield return Case("one audience in an array", WithClaim("aud", "[\"profiles\"]"));
        yield return Case("several audiences", WithClaim("aud", "[\"other\",\"profiles\",\"third\"]"));
        yield return Case("fractional expiry", WithClaim("exp", $"{Seconds(300)}.25"));
        yield return Case("expiry with an exponent", WithClaim("exp", "1.9e9"));
        yield return Case("expiry in the year 9999", WithClaim("exp", "253402300799"));
        yield return Case("just within the leeway", WithClaim("exp", $"{Seconds(-60)}.001"));
        yield return Case("starts exactly the leeway from now", WithClaim("nbf", $"{Seconds(60)}"));
        yield return Case("issued exactly the leeway from now", WithClaim("iat", $"{Seconds(60)}"));
        yield return Case("started in 1970", WithClaim("nbf", "0"));
        yield return Case("issued at the least number", WithClaim("iat", "-0.0"));
        yield return Case("claims that we do not know", WithClaim("x", """{"y":[1,{"z":null}]}"""));
        yield return Case("as deep as may be", WithClaim("x", "[[[[[[[]]]]]]]"));
        yield return Case("half a surrogate pair where nobody looks", WithClaim("x", "\"\\ud800\""));

        static TestCaseData Case(string name, string token) => new TestCaseData(token).SetName($"Good token: {name}");
    }

    [TestCaseSource(nameof(Tokens))]
    public void Good_token_is_taken(string token)
    {
        var caller = Checker.Validate(token);
        Assert.That(caller.Organization.Value, Is.EqualTo("demo"));
        Assert.That(caller.Subject, Is.EqualTo("alice"));
        Assert.That(caller.Permissions, Is.Empty);
    }

    [Test]
    public void Token_of_the_greatest_length_is_taken()
    {
        Assert.That(Longest(), Has.Length.EqualTo(TokenValidator.MaxLength));
        Assert.That(Checker.Validate(Longest()).Subject, Is.EqualTo("alice"));
    }

    [TestCase("\"bob\"", "bob")]
    [TestCase("\"auth0|5f7c8ec7c33c6c004bbafe82\"", "auth0|5f7c8ec7c33c6c004bbafe82")]
    [TestCase("\"a b\"", "a b")]
    [TestCase("\"\\u00e4\\ud83d\\ude00\"", "ä😀")]
    [TestCase("\"äöü\"", "äöü")]
    public void Subject_is_the_text_of_the_claim(string claim, string subject) =>
        Assert.That(Checker.Validate(WithClaim("sub", claim)).Subject, Is.EqualTo(subject));

    [Test]
    public void Subject_has_at_most_255_characters() =>
        Assert.That(Checker.Validate(WithClaim("sub", $"\"{new string('a', 255)}\"")).Subject, Has.Length.EqualTo(255));

    // claim, value, names
    [TestCase("permissions", """["profiles.read"]""", "profiles.read")]
    [TestCase("permissions", """["profiles.read","profiles.write"]""", "profiles.read profiles.write")]
    [TestCase("permissions", """["profiles.read","profiles.read"]""", "profiles.read")]
    [TestCase("permissions", "[]", "")]
    [TestCase("scope", "\"profiles.read\"", "profiles.read")]
    [TestCase("scope", "\"openid profiles.read https://x.example/!~\"", "openid profiles.read https://x.example/!~")]
    [TestCase("scope", "\"\"", "")]
    [TestCase("scp", "\"profiles.read\"", "", TestName = "Other claims permit nothing")]
    [TestCase("Permissions", """["profiles.read"]""", "", TestName = "A claim in capitals is another claim")]
    public void Permissions_are_read(string claim, string value, string names) => Assert.That(
        Checker.Validate(WithClaim(claim, value)).Permissions,
        Is.EquivalentTo(names.Split(' ', StringSplitOptions.RemoveEmptyEntries)));

    [Test]
    public void Permissions_count_alone_where_scope_is_there_too()
    {
        var payload = With(With(Payload, "scope", "\"profiles.write\""), "permissions", """["profiles.read"]""");
        Assert.That(Checker.Validate(Es256(payload: payload)).Permissions, Is.EqualTo(["profiles.read"]));
    }

    [Test]
    public void As_many_permissions_as_may_be_are_taken()
    {
        var names = Enumerable.Range(0, 64).Select(number => $"p{number}").ToArray();
        var array = $"[{string.Join(',', names.Select(name => $"\"{name}\""))}]";
        Assert.That(Checker.Validate(WithClaim("permissions", array)).Permissions, Is.EquivalentTo(names));
        Assert.That(Checker.Validate(WithClaim("scope", $"\"{string.Join(' ', names)}\"")).Permissions, Is.EquivalentTo(names));
    }

    // ECDSA itself has this: (r, n − s) is as good as (r, s). So the text of a token identifies nothing.
    [Test]
    public void Second_signature_that_follows_from_the_first_is_as_good()
    {
        var token = Es256();
        var signature = Base64Url.DecodeFromChars(token.AsSpan(token.LastIndexOf('.') + 1));
        var order = BigInteger.Parse("115792089210356248762697446949407573529996955224135760342422259061068512044369", null);
        var s = order - new BigInteger(signature.AsSpan(32), isUnsigned: true, isBigEndian: true);
        var bytes = s.ToByteArray(isUnsigned: true, isBigEndian: true);
        byte[] second = [.. signature[..32], .. new byte[32 - bytes.Length], .. bytes];

        Assert.That(
            Checker.Check($"{token[..token.LastIndexOf('.')]}.{Base64Url.EncodeToString(second)}", out _),
            Is.EqualTo(TokenFault.None));
    }

    [Test]
    public void Token_expires_as_the_clock_goes_on()
    {
        var clock = new FakeClock();
        var validator = new TokenValidator([Trust(Name, [EcPublicKey("ec", EcKey)])], clock);
        var token = Es256();
        var end = clock.Now.AddSeconds(300 + 60);

        clock.Now = end.AddMilliseconds(-1);
        Assert.That(validator.Check(token, out _), Is.EqualTo(TokenFault.None));
        clock.Now = end;
        Assert.That(validator.Check(token, out _), Is.EqualTo(TokenFault.Expired));
    }
}
