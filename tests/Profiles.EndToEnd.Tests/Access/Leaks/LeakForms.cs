namespace Profiles.EndToEnd.Tests.Access.Leaks;

/// <summary>Requests that break the rules of HTTP, with a secret in the midst.</summary>
internal static class LeakForms
{
    private const string End = "\r\nHost: profiles\r\nConnection: close\r\n\r\n";

    public static IReadOnlyList<Func<string, string>> All { get; } =
    [
        secret => $"GET /v1/profiles HTTP/1.1\r\nx-api-key: {secret}\u0001{End}",
        secret => $"GET /v1/profiles HTTP/1.1\r\nx-api-key: {secret}\u00e9{End}",
        secret => $"GET /v1/profiles HTTP/1.1\r\nauthorization Bearer {secret}{End}",
        secret => $"GET /v1/profiles HTTP/1.1\r\n{secret}{End}",
        secret => $"GET /v1/profiles HTTP/1.1\r\n x-api-key: {secret}{End}",
        secret => $"GET /v1/profiles HTTP/1.1\r\nx-api-key: {secret}\r\nx-api-key: {secret}{End}",
        secret => $"GET /v1/profiles HTTP/1.1\r\nauthorization: Bearer {secret}\r\nauthorization: Bearer {secret}{End}",
        secret => $"GET /v1/profiles HTTP/1.1\r\nauthorization: Bearer\r\n {secret}{End}",
        secret => $"GET /v1/profiles HTTP/1.1\r\nHost: {secret}\r\nConnection: close\r\n\r\n",
        secret => $"GET /v1/profiles HTTP/1.1\r\nHost: {secret}.example\r\nHost: x\r\nConnection: close\r\n\r\n",
        secret => $"{secret} /v1/profiles HTTP/1.1{End}",
        secret => $"GET {secret} HTTP/1.1{End}",
        secret => $"GET /v1/profiles HTTP/{secret}{End}",
        secret => $"GET /v1/profiles?{secret} x HTTP/1.1{End}",
        secret => $"GET /v1/profiles/%00{secret}%zz HTTP/1.1{End}",
        secret => $"GET http://{secret}@profiles/v1/profiles HTTP/1.1{End}",
        secret => $"CONNECT {secret}:443 HTTP/1.1{End}",
        secret => $"{secret}\r\n\r\n",
        secret => $"PATCH /v1/users/me/profile HTTP/1.1\r\nContent-Length: {secret}{End}",
        secret => $"PATCH /v1/users/me/profile HTTP/1.1\r\nTransfer-Encoding: {secret}{End}",
        secret => $"PATCH /v1/users/me/profile HTTP/1.1\r\nContent-Type: {secret}\r\nContent-Length: 2{End}{{}}",
        secret => $"PATCH /v1/users/me/profile HTTP/1.1\r\nContent-Type: application/json; charset={secret}\r\nContent-Length: 2{End}{{}}",
        secret => $"PATCH /v1/users/me/profile HTTP/1.1\r\nTransfer-Encoding: chunked{End}{secret}\r\n{secret}",
        secret => $"GET /v1/profiles HTTP/1.1\r\nExpect: {secret}{End}",
        secret => $"GET /v1/profiles HTTP/1.1\r\nUpgrade: {secret}\r\nConnection: upgrade{End}",
        secret => $"GET /v1/profiles HTTP/1.1\r\nx-long: {secret}{new string('x', 40_000)}{End}",
        secret => $"PRI * HTTP/2.0\r\n\r\n{secret}\r\n\r\n",
    ];
}
