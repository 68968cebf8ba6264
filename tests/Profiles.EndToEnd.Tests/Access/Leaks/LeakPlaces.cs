using System.Text;
using System.Text.Json;
using Headers = (string Name, string Value)[];

namespace Profiles.EndToEnd.Tests.Access.Leaks;

/// <summary>A REST request.</summary>
internal sealed record LeakRequest(string Method, string Path, Headers Headers, string? Body = null);

/// <summary>Where people put secrets: where they belong, and everywhere else.</summary>
internal static class LeakPlaces
{
    private const string Mine = "/v1/users/me/profile";

    // Names that clients of other services know.
    private static readonly string[] QueryNames = ["access_token", "token", "api_key", "apiKey", "key", "x-api-key", "signature", "app_secret", "userId"];

    private static readonly string[] HeaderNames =
    [
        "authorization", "proxy-authorization", "x-api-key", "app-key", "nonce", "timestamp", "signature", "x-auth-token", "cookie", "referer", "origin",
        "user-agent", "x-organization-id", "idempotency-key", "if-match", "if-none-match", "x-forwarded-for", "x-forwarded-proto", "forwarded",
        "grpc-timeout", "grpc-encoding", "accept", "accept-language", "content-language", "content-encoding", "traceparent", "tracestate", "baggage",
        "request-id", "correlation-context", "x-correlation-id", "x-secret-bin", "access-control-request-headers",
    ];

    private static readonly string[] Schemes = ["Basic ", "ApiKey ", "Token ", "Bearer  ", "bearer", "Digest ", "Bearer x "];

    /// <summary>Calls with the credential where it belongs.</summary>
    public static IReadOnlyList<Func<Secret, LeakRequest>> Right { get; } =
    [
        .. from path in (string[])["/v1/profiles", "/v1/profiles/user-1", "/v1/organizations/demo", "/v1/apiKeys", Mine]
           select (Func<Secret, LeakRequest>)(secret => new LeakRequest("GET", path, secret.Headers)),
        secret => Write(secret, Mine, """{"nickname":"Al"}"""),
        secret => Write(secret, "/v1/profiles/user-1", """{"nickname":"Al"}"""),
    ];

    /// <summary>Every other place.</summary>
    public static IReadOnlyList<Func<Secret, LeakRequest>> Wrong { get; } = [.. Places()];

    /// <summary>The names of headers that gRPC clients can send as well.</summary>
    public static IReadOnlyList<string> Metadata { get; } =
        [.. HeaderNames.Where(name => !name.StartsWith("grpc-", StringComparison.Ordinal) && !name.EndsWith("-bin", StringComparison.Ordinal))];

    private static IEnumerable<Func<Secret, LeakRequest>> Places()
    {
        foreach (var name in QueryNames)
            yield return secret => new LeakRequest("GET", $"{Mine}?{name}={Uri.EscapeDataString(secret.Text)}", []);
        yield return secret => new LeakRequest("GET", $"/v1/profiles?{Uri.EscapeDataString(secret.Text)}=1", secret.Headers);
        yield return secret => new LeakRequest("GET", $"/v1/profiles?pageToken={Uri.EscapeDataString(secret.Text)}", secret.Headers);
        foreach (var path in (string[])["/v1/profiles/", "/v1/apiKeys/", "/v1/organizations/", "/v1/", "/", "/docs/", "/profiles.v1.ProfileService/", "//"])
            yield return secret => new LeakRequest("GET", path + Uri.EscapeDataString(secret.Text), secret.Headers);
        foreach (var name in HeaderNames)
            yield return secret => new LeakRequest("GET", Mine, [(name, secret.Text)]);
        foreach (var name in HeaderNames)
            yield return secret => new LeakRequest("GET", Mine, [.. secret.Headers.Where(header => header.Name != name), (name, secret.Text)]);
        foreach (var scheme in Schemes)
            yield return secret => new LeakRequest("GET", Mine, [("authorization", scheme + secret.Text)]);
        yield return secret => new LeakRequest("GET", Mine, [("authorization", $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"user:{secret.Text}"))}")]);
        // The header's value is meant to be logged, so only what can be told from an id by its form is kept out.
        yield return secret => new LeakRequest(
            "GET", Mine, [.. secret.Headers, ("x-request-id", secret.Text.StartsWith("profiles_", StringComparison.OrdinalIgnoreCase) ? secret.Text : "id")]);
        yield return secret => new LeakRequest("GET", Mine, [("cookie", $"session={Uri.EscapeDataString(secret.Text)}")]);
        yield return secret => Write(secret, Mine, $"{{\"nickname\":{Quote(secret)}}}");
        yield return secret => Write(secret, Mine, $"{{{Quote(secret)}:1}}");
        yield return secret => Write(secret, Mine, $"{{\"nickname\":{secret.Text}");
        yield return secret => Write(secret, "/v1/profiles:batchSet", $"{{\"requests\":[{{\"userId\":{Quote(secret)}}}]}}");
        yield return secret => Write(secret, "/v1/organizations/demo", $"{{\"settings\":{{\"usernames\":{{\"pattern\":{Quote(secret)}}}}}}}");
        yield return secret => Write(secret, "/v1/apiKeys", $"{{\"apiKey\":{{\"type\":\"API_KEY_TYPE_PUBLIC\"}},\"importedKey\":{Quote(secret)}}}");
    }

    private static string Quote(Secret secret) => JsonSerializer.Serialize(secret.Text);

    private static LeakRequest Write(Secret secret, string path, string body) =>
        new(path.EndsWith(":batchSet", StringComparison.Ordinal) || path.EndsWith("Keys", StringComparison.Ordinal) ? "POST" : "PATCH", path, secret.Headers, body);
}
