using Profiles.Server.Tokens;
using static Profiles.Server.Tests.Tokens.TestIssuer;

namespace Profiles.Server.Tests.Tokens;

/// <summary>Tokens for others, for other times, or for nobody.</summary>
internal static class HostileClaims
{
    public static IEnumerable<HostileToken> All { get; } = [.. Audiences(), .. Times(), .. Callers(), .. Permissions()];

    private static IEnumerable<HostileToken> Audiences()
    {
        foreach (var audience in (string?[])
        [
            null, "null", "\"\"", "\"other\"", "\"Profiles\"", "\"profiles \"", "\"profiles,other\"", "[]",
            "[\"other\"]", "1", "{}",
            "[[\"profiles\"]]", "[\"profiles\",1]", "[\"profiles\",null]", "{\"profiles\":true}", "\"\\ud800\"",
        ])
        {
            yield return new(TokenFault.Audience, $"audience {Short(audience)}", WithClaim("aud", audience));
        }
    }

    private static IEnumerable<HostileToken> Times()
    {
        foreach (var expiry in (string?[])
        [
            null, "null", $"\"{Seconds(300)}\"", "true", "[]", "{}", "1e400", "-1e400", "-1", "-0.001", "1e300", "253402300800",
            "9223372036854775808",
        ])
        {
            yield return new(TokenFault.Time, $"expiry {Short(expiry)}", WithClaim("exp", expiry));
        }
        foreach (var time in (string[])["null", "\"0\"", "false", "1e400", "-1", "1e12", "[0]"])
        {
            yield return new(TokenFault.Time, $"start {time}", WithClaim("nbf", time));
            yield return new(TokenFault.Time, $"issued {time}", WithClaim("iat", time));
        }
        yield return new(TokenFault.Expired, "long ago", WithClaim("exp", "1"));
        yield return new(TokenFault.Expired, "in 1970", WithClaim("exp", "0"));
        yield return new(TokenFault.Expired, "a tiny number", WithClaim("exp", "1e-400"));
        yield return new(TokenFault.Expired, "exactly the leeway ago", WithClaim("exp", $"{Seconds(-60)}"));
        yield return new(TokenFault.Expired, "half a second past the leeway", WithClaim("exp", $"{Seconds(-61)}.5"));
        yield return new(TokenFault.Time, "milliseconds instead of seconds", WithClaim("exp", $"{Seconds(300)}000"));
        yield return new(TokenFault.NotYetValid, "starts just beyond the leeway", WithClaim("nbf", $"{Seconds(60)}.001"));
        yield return new(TokenFault.NotYetValid, "starts tomorrow", WithClaim("nbf", $"{Seconds(86400)}"));
        yield return new(TokenFault.NotYetValid, "issued just beyond the leeway", WithClaim("iat", $"{Seconds(60)}.001"));
    }

    private static IEnumerable<HostileToken> Callers()
    {
        foreach (var subject in (string?[])
        [
            null, "null", "\"\"", "1", "[\"alice\"]", "{}", "\"al\\u0000ice\"", "\"alice\\n\"", "\"\\u007f\"", "\"\\u0085\"",
            "\"\\ud800\"", "\"\\udc00\\ud800\"", $"\"{new string('a', 256)}\"",
        ])
        {
            yield return new(TokenFault.Subject, $"subject {Short(subject)}", WithClaim("sub", subject));
        }
        foreach (var organization in (string?[])
        [
            null, "null", "\"\"", "1", "[\"demo\"]", "\"de mo\"", "\"demo/other\"",
            "\"d\\u0435mo\"", "\"demo\\u0000\"", "\"\\ud800\"",
            $"\"{new string('a', 65)}\"",
        ])
        {
            yield return new(TokenFault.Organization, $"organization {Short(organization)}", WithClaim("org", organization));
        }
        foreach (var organization in (string[])["acme", "Demo", "dem", "demo2"])
        {
            yield return new(TokenFault.OrganizationNotAllowed, $"organization {organization} of an issuer for another one",
                Es256(payload: With(With(Payload, "iss", $"\"{OtherName}\""), "org", $"\"{organization}\""), key: OtherEcKey));
        }
    }

    private static IEnumerable<HostileToken> Permissions()
    {
        foreach (var permissions in (string[])
        [
            "null", "\"profiles.read\"", "1", "{}", "[1]", "[null]", "[\"\"]", "[[\"profiles.read\"]]",
            "[\"profiles.read profiles.write\"]",
            "[\"profiles.read\\n\"]", "[\"\\ud800\"]", "[\"pröfiles.read\"]", "[\"\\\"\"]",
            "[\"\\\\\"]", $"[\"{new string('a', 129)}\"]",
            $"[{string.Join(',', Enumerable.Repeat("\"a\"", 65))}]",
        ])
        {
            yield return new(TokenFault.Permissions, $"permissions {Short(permissions)}", WithClaim("permissions", permissions));
        }
        foreach (var scope in (string[])
        [
            "null", "1", "[\"profiles.read\"]", "\" \"", "\"a  b\"", "\" a\"", "\"a \"", "\"a\\tb\"",
            "\"\\ud800\"", $"\"{new string('a', 129)}\"",
            $"\"{string.Join(' ', Enumerable.Repeat("a", 65))}\"",
        ])
        {
            yield return new(TokenFault.Permissions, $"scope {Short(scope)}", WithClaim("scope", scope));
        }
        yield return new(TokenFault.Permissions, "bad permissions beside a good scope",
            Es256(payload: With(With(Payload, "scope", "\"a\""), "permissions", "\"a\"")));
    }

    private static string Short(string? value) =>
        value is { Length: > 40 } ? $"{value[..40]}…" : value ?? "absent";
}
