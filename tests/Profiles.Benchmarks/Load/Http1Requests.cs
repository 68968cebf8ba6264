using System.Text;

namespace Profiles.Benchmarks.Load;

/// <summary>Makes requests of HTTP/1.1.</summary>
internal static class Http1Requests
{
    public static Template Create(LoadSpec spec, string token) => new(
        spec.Protocol == Protocol.Rest
            ? Rest(spec, token)
            : Request(
                spec, $"POST {spec.Operation.GrpcPath}", token, "application/grpc-web+proto", Http2Frames.Message(spec.Operation.Message)));

    private static byte[] Rest(LoadSpec spec, string token) =>
        Request(spec, spec.Operation.Rest, token, "application/json", Encoding.ASCII.GetBytes(spec.Operation.Body));

    private static byte[] Request(LoadSpec spec, string line, string token, string contentType, byte[] body)
    {
        var head = new StringBuilder()
            .Append(line).Append(" HTTP/1.1\r\nHost: ").Append(spec.Address.Authority)
            .Append("\r\nAuthorization: Bearer ").Append(token).Append("\r\n");
        if (body.Length > 0)
            head.Append("Content-Type: ").Append(contentType).Append("\r\nContent-Length: ").Append(body.Length).Append("\r\n");
        return [.. Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), .. body];
    }
}
