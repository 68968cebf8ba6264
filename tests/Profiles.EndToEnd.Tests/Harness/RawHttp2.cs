using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using Status = Profiles.Rpc.Status;

namespace Profiles.EndToEnd.Tests.Harness;

/// <summary>gRPC over HTTP by hand: bytes that no client sends, and deadlines that only the server knows of.</summary>
internal static class RawHttp2
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>A frame: flag, length and message.</summary>
    public static byte[] Frame(byte[] message, byte flag = 0, uint? length = null)
    {
        var frame = new byte[1 + sizeof(uint) + message.Length];
        frame[0] = flag;
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(1), length ?? (uint)message.Length);
        message.CopyTo(frame, 1 + sizeof(uint));
        return frame;
    }

    /// <summary>Posts a body as gRPC, or as what a header says, and reads how the call ended.</summary>
    public static async Task<RawStatus> PostAsync(Uri server, string path, string token, byte[] body, params (string Name, string Value)[] headers)
    {
        using var http = new HttpClient { Timeout = Patience };
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server, path))
        {
            Version = server == SharedServer.Server.Http ? HttpVersion.Version11 : HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(body),
        };
        var type = headers.FirstOrDefault(header => header.Name == "content-type").Value ?? "application/grpc";
        request.Content.Headers.TryAddWithoutValidation("content-type", type);
        if (token.Length > 0)
            request.Headers.TryAddWithoutValidation("authorization", $"Bearer {token}");
        foreach (var (name, value) in headers.Where(header => header.Name != "content-type"))
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await http.SendAsync(request);
        await response.Content.ReadAsByteArrayAsync();
        return RawStatus.Of(response);
    }
}

/// <summary>How a call ended: code of gRPC (-1 for none), message, and the reason in the details (null for none).</summary>
internal sealed record RawStatus(int HttpStatus, int Code, string Message, string? Reason)
{
    public static RawStatus Of(HttpResponseMessage response)
    {
        var details = Find(response, "grpc-status-details-bin");
        return new(
            (int)response.StatusCode,
            int.Parse(Find(response, "grpc-status") ?? "-1", CultureInfo.InvariantCulture),
            Uri.UnescapeDataString(Find(response, "grpc-message") ?? string.Empty),
            details is null ? null : Status.Parser.ParseFrom(Convert.FromBase64String(details + new string('=', -details.Length & 3))).Reason());
    }

    // An answer without messages has it in the headers, every other one in the trailers.
    private static string? Find(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) || response.TrailingHeaders.TryGetValues(name, out values)
            ? values.Single()
            : null;
}
