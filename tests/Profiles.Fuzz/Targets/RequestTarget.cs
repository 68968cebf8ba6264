using System.Text.Json;
using Profiles.Fuzz.Server;

namespace Profiles.Fuzz.Targets;

/// <summary>
/// REST requests over a socket: path, query, JSON and forms. The first line is method and target, the second the content type,
/// the rest the body. Whatever they say, the answer is no 5xx, JSON where it says so, and nothing is logged as an error.
/// </summary>
internal sealed class RequestTarget(FuzzServer server) : IFuzzTarget
{
    private const int FirstServerError = 500;
    private const int HttpVersionNotSupported = 505;

    public string Name => "requests";

    public async Task<string> RunAsync(byte[] input)
    {
        var (line, rest) = Cut(input);
        var (contentType, body) = Cut(rest);
        var (status, answer) = await RawExchange.SendAsync(server.Port, line, contentType, body);

        if (server.TakeError() is { } error) throw new InvalidOperationException($"{status}, and the log has an error: {error}");
        // 505: the input made a version of its own behind a space.
        if (status >= FirstServerError && status != HttpVersionNotSupported) throw new InvalidOperationException($"{status}: {answer}");
        return $"{status} {Reason(answer)}";
    }

    private static (ReadOnlyMemory<byte> Line, ReadOnlyMemory<byte> Tail) Cut(ReadOnlyMemory<byte> input)
    {
        var end = input.Span.IndexOf("¶"u8);
        return end < 0 ? (input, default) : (input[..end], input[(end + 2)..]);
    }

    // What tells two outcomes apart: the rule of an error without its field and place, the length of a success.
    private static string Reason(string answer)
    {
        if (answer.Length == 0) return "";
        using var json = JsonDocument.Parse(answer);
        if (json.RootElement.ValueKind != JsonValueKind.Object || !json.RootElement.TryGetProperty("message", out var message))
            return $"{answer.Length / 8}";

        var text = message.ToString();
        var place = text.LastIndexOf(" (line", StringComparison.Ordinal);
        if (place >= 0) text = text[..place];
        return text[(text.LastIndexOf(':') + 1)..];
    }
}
