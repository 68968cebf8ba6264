using System.Buffers.Binary;
using System.Net.Http.Headers;
using System.Text;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;

namespace Profiles.Wire.Tests.Protocols;

/// <summary>gRPC-Web over HTTP/1.1, binary or text, as gRPC's PROTOCOL-WEB.md describes it.</summary>
internal sealed class GrpcWebProtocol(HttpClient http, bool text) : IProtocol
{
    private const int HeaderLength = 5;
    private const byte TrailersFlag = 0x80;

    private string ContentType => text ? "application/grpc-web-text" : "application/grpc-web+proto";

    public async Task<Outcome> CallAsync(MethodDescriptor method, IMessage request)
    {
        using var content = new ByteArrayContent(Encode(Frame(request.ToByteArray())));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(ContentType);
        using var call = new HttpRequestMessage(HttpMethod.Post, $"/{method.Service.FullName}/{method.Name}") { Content = content };
        call.Headers.Accept.ParseAdd(ContentType);
        using var response = await http.SendAsync(call);

        Assert.That((int)response.StatusCode, Is.EqualTo(200));
        Assert.That(response.Content.Headers.ContentType?.MediaType, Does.StartWith(text ? "application/grpc-web-text" : "application/grpc-web"));
        return Read(method, Decode(await response.Content.ReadAsByteArrayAsync()), TrailersOnly(response));
    }

    private static Outcome Read(MethodDescriptor method, ReadOnlySpan<byte> body, Metadata trailers)
    {
        var messages = new List<IMessage>();
        while (!body.IsEmpty)
        {
            var payload = body.Slice(HeaderLength, BinaryPrimitives.ReadInt32BigEndian(body[1..]));
            if (body[0] == TrailersFlag)
                ReadTrailers(Encoding.ASCII.GetString(payload), trailers);
            else
                messages.Add(method.OutputType.Parser.ParseFrom(payload));
            body = body[(HeaderLength + payload.Length)..];
        }

        var code = (StatusCode)int.Parse(trailers.GetValue("grpc-status")!, System.Globalization.CultureInfo.InvariantCulture);
        var status = new Status(code, Uri.UnescapeDataString(trailers.GetValue("grpc-message") ?? ""));
        return new Outcome(messages, code == StatusCode.OK ? Outcome.Success : StatusTrailers.Read(status, trailers));
    }

    private static Metadata TrailersOnly(HttpResponseMessage response)
    {
        var trailers = new Metadata();
        foreach (var (name, values) in response.Headers.Where(header => header.Key.StartsWith("grpc-", StringComparison.OrdinalIgnoreCase)))
            Add(trailers, name, values.Single());
        return trailers;
    }

    private static void ReadTrailers(string block, Metadata trailers)
    {
        foreach (var line in block.Split("\r\n", StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            Add(trailers, line[..colon], line[(colon + 1)..].Trim());
        }
    }

    private static void Add(Metadata trailers, string name, string value)
    {
        if (name.EndsWith(Metadata.BinaryHeaderSuffix, StringComparison.OrdinalIgnoreCase))
            trailers.Add(name, Convert.FromBase64String(value.PadRight((value.Length + 3) / 4 * 4, '=')));
        else
            trailers.Add(name, value);
    }

    private static byte[] Frame(byte[] message)
    {
        var frame = new byte[HeaderLength + message.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), message.Length);
        message.CopyTo(frame, HeaderLength);
        return frame;
    }

    private byte[] Encode(byte[] body) => text ? Encoding.ASCII.GetBytes(Convert.ToBase64String(body)) : body;

    /// <summary>A text body may be several padded pieces in a row.</summary>
    private byte[] Decode(byte[] body)
    {
        if (!text)
            return body;
        Assert.That(body.Length % 4, Is.Zero, "not base64");
        return [.. body.Chunk(4).SelectMany(group => Convert.FromBase64String(Encoding.ASCII.GetString(group)))];
    }
}
