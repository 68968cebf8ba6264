using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Profiles.GrpcWeb;

/// <summary>The two encodings of gRPC-Web.</summary>
internal enum GrpcWebMode
{
    /// <summary>Another protocol.</summary>
    None,

    /// <summary><c>application/grpc-web</c>: the frames as they are.</summary>
    Binary,

    /// <summary><c>application/grpc-web-text</c>: the frames in base64, for browsers that only read text.</summary>
    Text,
}

/// <summary>Reads and writes the media types of gRPC-Web.</summary>
internal static class GrpcWebMediaType
{
    public const string Grpc = "application/grpc";

    /// <summary>The mode of a request's body.</summary>
    public static GrpcWebMode OfRequest(HttpRequest request) =>
        HttpMethods.IsPost(request.Method) && MediaTypeHeaderValue.TryParse(request.ContentType, out var type) ? Of(type) : GrpcWebMode.None;

    /// <summary>The mode that the answer is wanted in: the first that <c>Accept</c> names, else the request's own.</summary>
    public static GrpcWebMode OfResponse(HttpRequest request, GrpcWebMode own)
    {
        if (!MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted))
            return own;
        foreach (var type in accepted)
        {
            if (Of(type) is not GrpcWebMode.None and var mode)
                return mode;
        }

        return own;
    }

    /// <summary>The media type of an answer. The messages are Protobuf: the server behind knows no other.</summary>
    public static string Name(GrpcWebMode mode) =>
        mode == GrpcWebMode.Text ? "application/grpc-web-text+proto" : "application/grpc-web+proto";

    /// <summary>Whether an answer is one of gRPC, under either name.</summary>
    public static bool IsGrpc(HttpResponse response) =>
        response.ContentType?.StartsWith(Grpc, StringComparison.OrdinalIgnoreCase) == true;

    private static GrpcWebMode Of(MediaTypeHeaderValue type) => type.MediaType.Value?.ToLowerInvariant() switch
    {
        "application/grpc-web" or "application/grpc-web+proto" => GrpcWebMode.Binary,
        "application/grpc-web-text" or "application/grpc-web-text+proto" => GrpcWebMode.Text,
        _ => GrpcWebMode.None,
    };
}
