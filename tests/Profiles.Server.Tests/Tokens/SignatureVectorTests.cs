using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Profiles.Server.Tokens;

namespace Profiles.Server.Tests.Tokens;

/// <summary>The examples of the standards, with their keys.</summary>
public class SignatureVectorTests
{
    private const string Payload =
        "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";

    // RFC 7515, appendix A.2.
    private const string RsaExampleKey = """
        {"kty":"RSA","kid":"example","e":"AQAB",
         "n":"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ"}
        """;

    private const string RsaExampleSignature =
        "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQ"
        + "jbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqt"
        + "FZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";

    // RFC 7515, appendix A.3.
    private const string EcExampleKey = """
        {"kty":"EC","kid":"example","crv":"P-256",
         "x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}
        """;

    private const string EcExampleSignature = "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";

    // RFC 7638, section 3.1.
    private const string ThumbprintModulus =
        "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64t"
        + "Z_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbO"
        + "pbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw";

    [TestCase(RsaExampleKey, "eyJhbGciOiJSUzI1NiJ9", RsaExampleSignature, TestName = "RS256 (RFC 7515, A.2)")]
    [TestCase(EcExampleKey, "eyJhbGciOiJFUzI1NiJ9", EcExampleSignature, TestName = "ES256 (RFC 7515, A.3)")]
    public void Example_verifies_and_no_changed_one_does(string jwk, string header, string signatureText)
    {
        var key = JsonWebKeySet.Parse(Encoding.UTF8.GetBytes($$"""{"keys":[{{jwk}}]}""")).Find("example")!;
        var data = Encoding.ASCII.GetBytes($"{header}.{Payload}");
        var signature = Base64Url.DecodeFromChars(signatureText);

        Assert.That(key.Verify(data, signature), Is.True);
        for (var position = 0; position < signature.Length; position++)
        {
            signature[position] ^= 1;
            Assert.That(key.Verify(data, signature), Is.False, $"Byte {position} changed.");
            signature[position] ^= 1;
        }
        data[^1] ^= 1;
        Assert.That(key.Verify(data, signature), Is.False);
    }

    [Test]
    public void Thumbprint_of_an_RSA_key() => Assert.That(
        JsonWebKeyThumbprint.Of(new RSAParameters
        {
            Modulus = Base64Url.DecodeFromChars(ThumbprintModulus),
            Exponent = [1, 0, 1],
        }),
        Is.EqualTo("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"));

    // The key of the examples in RFC 9449 and its "jkt" there (section 6.1).
    [Test]
    public void Thumbprint_of_an_EC_key() => Assert.That(
        JsonWebKeyThumbprint.Of(new ECPoint
        {
            X = Base64Url.DecodeFromChars("l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs"),
            Y = Base64Url.DecodeFromChars("9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA"),
        }),
        Is.EqualTo("0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"));
}
