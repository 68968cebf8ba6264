using System.Buffers.Text;
using System.Text;
using Profiles.Server.Tokens;
using static Profiles.Server.Tests.Tokens.TestIssuer;

namespace Profiles.Server.Tests.Tokens;

/// <summary>Tokens that are no three parts in canonical base64url, or no JSON objects in them.</summary>
internal static class HostileForms
{
    public static IEnumerable<HostileToken> All { get; } = [.. Forms(), .. Payloads()];

    private static IEnumerable<HostileToken> Forms()
    {
        var good = Es256();
        var parts = good.Split('.');

        yield return new(TokenFault.TooLong, "one character over the limit", Longest() + "A");
        yield return new(TokenFault.TooLong, "a megabyte", new string('a', 1 << 20));

        yield return new(TokenFault.Form, "empty", "");
        yield return new(TokenFault.Form, "one part", parts[0]);
        yield return new(TokenFault.Form, "two parts", $"{parts[0]}.{parts[1]}");
        yield return new(TokenFault.Form, "two parts and a dot (unsecured)", $"{parts[0]}.{parts[1]}.");
        yield return new(TokenFault.Form, "no header", $".{parts[1]}.{parts[2]}");
        yield return new(TokenFault.Form, "no payload (detached)", $"{parts[0]}..{parts[2]}");
        yield return new(TokenFault.Form, "only dots", "..");
        yield return new(TokenFault.Form, "a fourth part", $"{good}.{parts[2]}");
        yield return new(TokenFault.Form, "a dot at the end", $"{good}.");
        yield return new(TokenFault.Form, "a dot at the start", $".{good}");
        yield return new(TokenFault.Form, "five parts, as an encrypted token has", $"{good}.{parts[1]}.{parts[2]}");
        yield return new(TokenFault.Form, "the scheme before it", $"Bearer {good}");
        yield return new(TokenFault.Form, "JSON serialization", $$"""{"payload":"{{parts[1]}}"}""");

        yield return new(TokenFault.Form, "white space before", $" {good}");
        yield return new(TokenFault.Form, "white space after", $"{good} ");
        yield return new(TokenFault.Form, "line break after", $"{good}\n");
        yield return new(TokenFault.Form, "white space inside", good.Insert(20, " "));
        yield return new(TokenFault.Form, "line break inside the signature", good.Insert(good.Length - 4, "\r\n"));
        yield return new(TokenFault.Form, "NUL after", $"{good}\0");
        yield return new(TokenFault.Form, "padding after the signature", $"{good}==");
        yield return new(TokenFault.Form, "padding after the header",
            Signed(Part("""{"alg":"ES256","kid":"ec" }""") + "=", parts[1]));
        yield return new(TokenFault.Form, "percent-encoded padding", $"{good}%3D%3D");
        yield return new(TokenFault.Form, "letters of base64 instead of base64url",
            Signed(parts[0], Part("""{"a":"???>>>"}""").Replace('_', '/').Replace('-', '+') + "+"));
        yield return new(TokenFault.Form, "a letter beyond ASCII that looks like one of the alphabet",
            "\u0435" + good[1..]);
        yield return new(TokenFault.Form, "bits that mean nothing after the signature", NextLetterAtEnd(good));
        yield return new(TokenFault.Form, "bits that mean nothing after the header",
            Signed(NextLetterAtEnd(Part("""{"alg":"ES256","kid":"ec"}""")), parts[1]));
        yield return new(TokenFault.Form, "a length that no bytes encode to", $"{parts[0]}.{parts[1]}.{parts[2][..85]}");
    }

    private static IEnumerable<HostileToken> Payloads()
    {
        yield return new(TokenFault.Payload, "not JSON", Es256(payload: "alice"));
        yield return new(TokenFault.Payload, "an array", Es256(payload: $"[{Payload}]"));
        yield return new(TokenFault.Payload, "NaN", WithClaim("exp", "NaN"));
        yield return new(TokenFault.Payload, "Infinity", WithClaim("exp", "Infinity"));
        yield return new(TokenFault.Payload, "a number with leading zeros", WithClaim("exp", "009999999999"));
        yield return new(TokenFault.Payload, "subject twice", WithClaim("x\":1,\"sub", "\"bob\""));
        yield return new(TokenFault.Payload, "subject twice, once escaped", WithClaim("\\u0073ub", "\"bob\""));
        yield return new(TokenFault.Payload, "a nested member twice", WithClaim("x", """{"y":1,"y":2}"""));
        yield return new(TokenFault.Payload, "nested too deep", WithClaim("x", HostileTokens.Nested(StrictJson.MaxDepth)));
        yield return new(TokenFault.Payload, "nested a thousand deep", WithClaim("x", HostileTokens.Nested(1000)));
        yield return new(TokenFault.Payload, "NUL inside",
            Es256(payload: Payload.Replace("alice", "al\0ice", StringComparison.Ordinal)));
        yield return new(TokenFault.Payload, "NUL after", Es256(payload: Payload + "\0"));
        yield return new(TokenFault.Payload, "invalid UTF-8",
            WithBytes(0xFF));
        yield return new(TokenFault.Payload, "a surrogate in UTF-8",
            WithBytes(0xED, 0xA0, 0x80));
        yield return new(TokenFault.Payload, "UTF-16",
            Signed(Part(Header), Base64Url.EncodeToString(Encoding.Unicode.GetBytes(Payload))));
        yield return new(TokenFault.Payload, "a token in the token", Es256(payload: Es256()));
    }

    private static string WithBytes(params byte[] bytes)
    {
        byte[] payload = [.. Encoding.UTF8.GetBytes(Payload[..^1]), .. ",\"x\":\""u8, .. bytes, .. "\"}"u8];
        return Signed(Part(Header), Base64Url.EncodeToString(payload));
    }

    private static string NextLetterAtEnd(string text) => text[..^1] + (char)(text[^1] + 1);
}
