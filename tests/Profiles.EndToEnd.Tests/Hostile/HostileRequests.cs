using System.Text;
using Profiles.EndToEnd.Tests.Harness;

namespace Profiles.EndToEnd.Tests.Hostile;

/// <summary>
/// REST requests that must be refused: a function from a server's token to the bytes to send, and the status that answers.
/// </summary>
internal static class HostileRequests
{
    private const string Alice = "/v1/profiles/alice";
    private const int FiveMebibytes = 5 * 1024 * 1024;

    private static readonly byte[] Good = """{"nickname":"Al"}"""u8.ToArray();

    /// <summary>What is refused with the body of all errors.</summary>
    public static IEnumerable<TestCaseData> Answered() =>
        [.. Bodies(), .. Encodings(), .. MediaTypes(), .. Sizes(), .. Methods(), .. Paths(), .. UserIds(), .. Queries(), .. Headers()];

    /// <summary>What is no HTTP, or larger than any request: the server itself refuses it, without a body.</summary>
    public static IEnumerable<TestCaseData> Unanswered()
    {
        yield return Raw("a query of 20 KiB", 414, token => RawHttp.Head("GET", $"/v1/profiles?pageToken={new string('a', 20_000)}", token));
        yield return Raw("a path of 20 KiB", 414, token => RawHttp.Head("GET", $"/v1/profiles/{new string('a', 20_000)}", token));
        yield return Raw("a header of 40 KiB", 431, token => RawHttp.Head("GET", Alice, token, $"X-Large: {new string('a', 40_000)}"));
        yield return Raw("200 headers", 431, token =>
            RawHttp.Head("GET", Alice, token, [.. Enumerable.Range(0, 200).Select(i => $"X-{i}: 1")]));
        yield return Raw("NUL in a header", 400, token => RawHttp.Head("GET", Alice, token, "X-Bad: a\0b"));
        yield return Raw("a header without a colon", 400, token => RawHttp.Head("GET", Alice, token, "X-Bad"));
        yield return Raw("a folded header", 400, token => RawHttp.Head("GET", Alice, token, "X-Bad: a\r\n b"));
        yield return Raw("no host", 400, token => $"GET {Alice} HTTP/1.1\r\nAuthorization: Bearer {token}\r\n\r\n");
        yield return Raw("two hosts", 400, token => RawHttp.Head("GET", Alice, token, "Host: other"));
        yield return Raw("two lengths", 400, token =>
            RawHttp.Head("PATCH", Alice, token, "Content-Type: application/json", "Content-Length: 2", "Content-Length: 17") + "{}");
        yield return Raw("a negative length", 400, token => RawHttp.Head("PATCH", Alice, token, "Content-Length: -1"));
        yield return Raw("a blank in the target", 400, token => RawHttp.Head("GET", "/v1/profiles/a b", token));
        yield return Raw("NUL in the target", 400, token => RawHttp.Head("GET", "/v1/profiles/a%00b", token));
        yield return Raw("no HTTP at all", 400, _ => "EHLO profiles\r\n\r\n");
        yield return Raw("another version", 505, token => RawHttp.Head("GET", Alice, token).Replace("HTTP/1.1", "HTTP/7.0", StringComparison.Ordinal));
        yield return Bytes("TLS", 400, _ => [0x16, 0x03, 0x01, 0x00, 0x05, 0x01, 0x00, 0x00, 0x01, 0x00, 0x0d, 0x0a, 0x0d, 0x0a]);
    }

    private static IEnumerable<TestCaseData> Bodies()
    {
        string[] bodies =
        [
            "{", "{\"nickname\"", "{\"nickname\":", "{\"nickname\":\"Al", "{\"nickname\":\"Al\"", "nickname", "[1]", "[{}]", "\"text\"", "7",
            "null", "true", "{}{}", "{} x", "{\"nickname\":\"Al\",}", "{'nickname':'Al'}", "{nickname:\"Al\"}", "{/*x*/}", " ",
            "{\"nickname\":7}", "{\"nickname\":true}", "{\"nickname\":[\"Al\"]}", "{\"nickname\":{\"a\":1}}", "{\"level\":\"x\"}",
            "{\"level\":1.5}", "{\"level\":2147483648}", "{\"level\":1e400}", "{\"level\":NaN}", "{\"level\":01}", "{\"emailVerified\":\"yes\"}",
            "{\"emailVerified\":1}", "{\"gender\":\"GENDER_ROBOT\"}", "{\"gender\":1.5}", "{\"attributes\":[]}", "{\"attributes\":{\"a\":1}}",
            "{\"pictureObject\":\"x\"}", "{\"pictureObject\":[]}", "{\"createTime\":\"yesterday\"}", "{\"revision\":\"x\"}",
            "{\"nonsense\":1}", "{\"Nickname\":\"Al\"}", "{\"pictureObject\":{\"nonsense\":1}}", "{\"@type\":\"x\",\"nickname\":\"Al\"}",
            "{\"nickname\":\"a\",\"nickname\":\"b\"}", "{\"givenName\":\"a\",\"given_name\":\"b\"}", "{\"attributes\":{\"a\":\"1\",\"a\":\"2\"}}",
            "{\"userId\":\"bob\",\"nickname\":\"Al\"}", "{\"organizationId\":\"demo\",\"nickname\":\"Al\"}",
            "{\"attributes\":{\"__proto__ x\":\"1\"}}",
        ];
        foreach (var body in bodies)
            yield return Patch(body, Encoding.UTF8.GetBytes(body));
        yield return Patch("nothing", []);
        yield return Patch("100 000 open arrays", Encoding.UTF8.GetBytes($"{{\"nickname\":{new string('[', 100_000)}"));
        yield return Patch("100 000 nested arrays", Encoding.UTF8.GetBytes($"{{\"nickname\":{new string('[', 100_000)}{new string(']', 100_000)}}}"));
        yield return Patch("100 000 open objects", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"pictureObject\":", 100_000))));
        yield return Patch("100 000 unknown fields", Encoding.UTF8.GetBytes(
            $"{{{string.Join(',', Enumerable.Range(0, 100_000).Select(i => $"\"x{i}\":1"))}}}"));
        yield return Patch("a number of 100 000 digits", Encoding.UTF8.GetBytes($"{{\"level\":{new string('9', 100_000)}}}"));
        yield return Patch("a text of 3 MiB", Encoding.UTF8.GetBytes($"{{\"nickname\":\"{new string('a', 3 * 1024 * 1024)}\"}}"));
    }

    private static IEnumerable<TestCaseData> Encodings()
    {
        string[] texts = ["\\u0000", "a\\u0000b", "\\u001f", "\\u007f", "\\u009f", "\\ud800", "\\udc00", "\\ud800x", "\\ud800\\ud800", "\\udc00\\ud800", "\\x41", "\\u12"];
        foreach (var text in texts)
        {
            yield return Patch($"{text} in a text", Encoding.UTF8.GetBytes($"{{\"nickname\":\"{text}\"}}"));
            yield return Patch($"{text} in an attribute", Encoding.UTF8.GetBytes($"{{\"attributes\":{{\"k\":\"{text}\"}}}}"));
            yield return Patch($"{text} in a key", Encoding.UTF8.GetBytes($"{{\"attributes\":{{\"{text}\":\"v\"}}}}"));
            yield return Patch($"{text} in a field's name", Encoding.UTF8.GetBytes($"{{\"{text}\":\"v\"}}"));
        }

        (string Name, byte[] Bytes)[] sequences =
        [
            ("NUL", [0]), ("the control character U+0001", [1]), ("0xFF", [0xff]), ("a lone continuation", [0x80]), ("a cut sequence", [0xe2, 0x82]),
            ("an overlong NUL", [0xc0, 0x80]), ("an overlong slash", [0xc0, 0xaf]), ("an encoded surrogate", [0xed, 0xa0, 0x80]),
            ("a pair of encoded surrogates", [0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80]), ("more than U+10FFFF", [0xf4, 0x90, 0x80, 0x80]),
        ];
        foreach (var (name, bytes) in sequences)
        {
            yield return Patch($"{name} in a text", [.. "{\"nickname\":\"a"u8, .. bytes, .. "\"}"u8]);
            yield return Patch($"{name} in a field's name", [.. "{\"nick"u8, .. bytes, .. "\":\"a\"}"u8]);
            yield return Patch($"{name} in front", [.. bytes, .. Good]);
        }

        yield return Patch("UTF-16", Encoding.Unicode.GetBytes("{\"nickname\":\"Al\"}"));
        yield return Patch("UTF-16 with its mark", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("{\"nickname\":\"Al\"}")]);
    }

    private static IEnumerable<TestCaseData> MediaTypes()
    {
        string[] types =
        [
            "text/plain", "text/json", "application/xml", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x",
            "application/json; charset=utf-16", "application/json; charset=latin1", "application/jsonx", "application/merge-patch+json",
            "application/grpc", "application/grpc-web", "json", "*/*", "",
        ];
        foreach (var type in types)
            yield return Case($"the type '{type}'", 415, token => RawHttp.Request("PATCH", Alice, token, Good, $"Content-Type: {type}"));
        foreach (var encoding in (string[])["gzip", "br", "identity, gzip", "nonsense"])
            yield return Case($"the encoding {encoding}", 415, token => RawHttp.Request("PATCH", Alice, token, Good, $"Content-Encoding: {encoding}"));
    }

    private static IEnumerable<TestCaseData> Sizes()
    {
        var large = Encoding.UTF8.GetBytes($"{{\"nickname\":\"{new string('a', FiveMebibytes)}\"}}");
        yield return Case("5 MiB", 413, token => RawHttp.Request("PATCH", Alice, token, large));
        yield return Case("5 MiB of blanks in front", 413, token =>
            RawHttp.Request("PATCH", Alice, token, [.. Encoding.UTF8.GetBytes(new string(' ', FiveMebibytes)), .. Good]));
        yield return Case("one byte too many", 413, token =>
            RawHttp.Request("PATCH", Alice, token, [.. Good, .. Encoding.UTF8.GetBytes(new string(' ', (4 * 1024 * 1024) + 1 - Good.Length))]));
        yield return Raw("10 GB that never come", 413, token =>
            RawHttp.Head("PATCH", Alice, token, "Content-Type: application/json", "Content-Length: 10000000000"));
        yield return Raw("5 MiB in chunks", 413, token =>
            RawHttp.Head("PATCH", Alice, token, "Content-Type: application/json", "Transfer-Encoding: chunked")
            + string.Concat(Enumerable.Repeat($"10000\r\n{new string(' ', 0x10000)}\r\n", 80)) + "0\r\n\r\n");
        yield return Raw("a chunk that has no size", 400, token =>
            RawHttp.Head("PATCH", Alice, token, "Content-Type: application/json", "Transfer-Encoding: chunked") + "zz\r\n{}\r\n0\r\n\r\n");
    }

    private static IEnumerable<TestCaseData> Methods()
    {
        (string Method, string Path)[] wrong =
        [
            ("POST", Alice), ("OPTIONS", Alice), ("TRACE", Alice), ("BREW", Alice), ("DELETE", "/v1/users/me/profile"),
            ("POST", "/v1/users/me/profile"), ("PUT", "/v1/profiles"), ("DELETE", "/v1/profiles"), ("PATCH", "/v1/profiles"),
            ("GET", "/v1/profiles:batchGet"), ("PUT", "/v1/profiles:batchSet"), ("POST", "/v1/users/me/changes"),
            ("DELETE", "/v1/profiles/alice/changes"),
        ];
        foreach (var (method, path) in wrong)
            yield return Case($"{method} {path}", 405, token => RawHttp.Request(method, path, token, Good));
        yield return Case("a method in another header", 405, token =>
            RawHttp.Request("POST", Alice, token, Good, "X-HTTP-Method-Override: PATCH"));
        yield return Case("GET with a body", 400, token => RawHttp.Request("GET", Alice, token, Good));
        yield return Case("DELETE with a body", 400, token => RawHttp.Request("DELETE", Alice, token, Good));
    }

    private static IEnumerable<TestCaseData> Paths()
    {
        string[] unknown =
        [
            "/", "/v1", "/v1/", "/v2/profiles/alice", "/V1/profiles/alice", "/v1/Profiles/alice", "/v1/profils/alice", "/v1/profiles/", "//",
            "/v1//profiles/alice", "//v1/profiles/alice", "/v1/profiles/alice/", "/v1/profiles/alice//", "/v1/profiles/alice/nonsense",
            "/v1/profiles/alice/changes/", "/v1/profiles//changes", "/v1/profiles:nonsense", "/v1/profiles:", "/v1/profiles:BatchGet",
            "/v1/users/alice/profile", "/v1/users/me", "/v1/users/me/profile/", "/v1/users/ME/profile", "/v1%2fprofiles%2falice",
            "/v1/profiles%2falice", "/.env", "/index.html", "/v1/profiles/..", "/v1/profiles/../..", "/v1/profiles/a/b/changes",
            "/v1/profiles/alice/../../../../etc/passwd", "/v1/profiles/%2e%2e/%2e%2e/etc/passwd", "/grpc.reflection.v1.ServerReflection",
        ];
        foreach (var path in unknown)
            yield return Case($"GET {path}", 404, token => Encoding.UTF8.GetBytes(RawHttp.Head("GET", path, token)));
    }

    private static IEnumerable<TestCaseData> UserIds()
    {
        string[] bad =
        [
            "a%20b", "a+b", "a%2Fb", "a%2fb", "%2f", "..%2f..%2fetc%2fpasswd", "%252e%252e", "a%252fb", "%25", "a%0d%0aX-Injected:%201",
            "a%09", "%c3%bc", "%F0%9F%98%80", "*", "alice;v=1", "alice,bob", "alice%3fx=1", "alice%23x", "'%20OR%201=1--", "%7Buser_id%7D",
            "a%ff", "%c0%af", "%ed%a0%80", "a%e2%80%ae", "a%", "a%2", "a%zz", "%u0041", "a\\b", "$(id)",
        ];
        foreach (var id in bad)
        {
            yield return Case($"GET the user {id}", 400, token => Encoding.UTF8.GetBytes(RawHttp.Head("GET", $"/v1/profiles/{id}", token)));
            yield return Case($"PATCH the user {id}", 400, token => RawHttp.Request("PATCH", $"/v1/profiles/{id}", token, Good));
        }

        yield return Raw("a user with a bare control character", 400, token => RawHttp.Head("GET", "/v1/profiles/a\u0001b", token));
        yield return Case("a user of 129 letters", 400, token => RawHttp.Request("PATCH", $"/v1/profiles/{new string('a', 129)}", token, Good));
        yield return Case("a user of 6000 letters", 400, token => RawHttp.Request("PATCH", $"/v1/profiles/{new string('a', 6000)}", token, Good));
    }

    private static IEnumerable<TestCaseData> Queries()
    {
        string[] lists =
        [
            "nonsense=1", "nonsense", "pageSize=x", "pageSize=", "pageSize=-1", "pageSize=101", "pageSize=99999999999", "pageSize=1.5",
            "pageSize=0x10", "pageSize=1&pageSize=2", "pageSize=1&page_size=2", "pageToken=garbage", "pageToken=%00", "pageToken=AAAA",
            "pageToken=../../etc", "orderBy=email", "orderBy=create_time;drop%20table%20profiles", "orderBy=%00", "pageSize=%ff", "%ff=1",
            "%zz=1", "pageSize=%", "pageSize.x=1", "a.b.c.d=1", "[]=1", "organizationId=demo", "userId=bob", "%00=1",
        ];
        foreach (var query in lists)
            yield return Case($"the list ?{query}", 400, token => Encoding.UTF8.GetBytes(RawHttp.Head("GET", $"/v1/profiles?{query}", token)));
        yield return Case("1000 parameters", 400, token => Encoding.UTF8.GetBytes(
            RawHttp.Head("GET", $"/v1/profiles?{string.Join('&', Enumerable.Range(0, 1000).Select(i => $"x{i}"))}", token)));
        yield return Case("a page token of 7 KiB", 400, token => Encoding.UTF8.GetBytes(
            RawHttp.Head("GET", $"/v1/profiles?pageToken={new string('A', 7000)}", token)));

        string[] writes =
        [
            "userId=bob", "user_id=bob", "profile.nickname=x", "nickname=x", "updateMask=nonsense", "updateMask=,", "updateMask=*,nickname",
            "updateMask=profile.nickname", "mustExist=maybe", "requestId=x", "requestId=%00", "update_mask=a&updateMask=b", "updateMask.paths=nickname",
        ];
        foreach (var query in writes)
            yield return Case($"the write ?{query}", 400, token => RawHttp.Request("PATCH", $"{Alice}?{query}", token, Good));
    }

    private static IEnumerable<TestCaseData> Headers()
    {
        string[] bad =
        [
            "If-Match: x", "If-Match: \"", "If-Match: W/\"x\"", "If-Match: \"a\", ", "If-Match: ", "Idempotency-Key: x", "Idempotency-Key: 1234",
            $"Idempotency-Key: {new string('a', 5000)}", "grpc-timeout: soon", "grpc-timeout: -1S", "grpc-timeout: 123456789S",
        ];
        foreach (var header in bad)
            yield return Case(header[..Math.Min(60, header.Length)], 400, token => RawHttp.Request("PATCH", Alice, token, Good, header));
    }

    private static TestCaseData Patch(string name, byte[] body) =>
        Case(name.Length == 0 ? "nothing" : name, 400, token => RawHttp.Request("PATCH", Alice, token, body));

    private static TestCaseData Raw(string name, int status, Func<string, string> make) =>
        Case(name, status, token => Encoding.Latin1.GetBytes(make(token)));

    private static TestCaseData Bytes(string name, int status, Func<string, byte[]> make) => Case(name, status, make);

    private static TestCaseData Case(string name, int status, Func<string, byte[]> make) =>
        new TestCaseData(make, status).SetArgDisplayNames(name.Replace("\0", "NUL", StringComparison.Ordinal));
}
