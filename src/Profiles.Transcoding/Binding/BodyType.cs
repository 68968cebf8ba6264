using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Profiles.Transcoding.Binding;

/// <summary>The forms in which a body can be sent.</summary>
internal enum BodyKind
{
    /// <summary>Some other form, or an encoded body.</summary>
    Other,

    /// <summary><c>application/json</c> in UTF-8.</summary>
    Json,

    /// <summary><c>application/x-www-form-urlencoded</c>, in UTF-8.</summary>
    EncodedForm,

    /// <summary><c>multipart/form-data</c>.</summary>
    MultipartForm,

    /// <summary><c>application/octet-stream</c>.</summary>
    Bytes,
}

/// <summary>Reads what a request says of its body.</summary>
internal static class BodyType
{
    public static BodyKind Of(HttpRequest request, out MediaTypeHeaderValue? type)
    {
        type = null;
        if (IsEncoded(request)) return BodyKind.Other;
        if (request.ContentType is "application/json") return BodyKind.Json;
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out type)) return BodyKind.Other;
        return type.MediaType.Value!.ToLowerInvariant() switch
        {
            "multipart/form-data" => BodyKind.MultipartForm,
            "application/octet-stream" => BodyKind.Bytes,
            "application/json" when IsUtf8(type) => BodyKind.Json,
            "application/x-www-form-urlencoded" when IsUtf8(type) => BodyKind.EncodedForm,
            _ => BodyKind.Other,
        };
    }

    /// <summary>Whether the body is compressed, which is read nowhere.</summary>
    public static bool IsEncoded(HttpRequest request)
    {
        var encoding = request.Headers.ContentEncoding;
        return encoding.Count > 0 && !encoding.ToString().Equals("identity", StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsUtf8(MediaTypeHeaderValue type)
    {
        var charset = HeaderUtilities.RemoveQuotes(type.Charset);
        return !charset.HasValue || charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase);
    }
}
