using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using Profiles.Transcoding.Errors;

namespace Profiles.Transcoding.Binding;

/// <summary>Takes the body of a request, within its limit.</summary>
internal static class RequestBody
{
    public static bool MayHaveContent(HttpContext context) =>
        context.Request.ContentLength is { } length
            ? length > 0
            : context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody ?? true;

    /// <summary>All of the body. The caller advances the reader to its end when done with the bytes.</summary>
    public static async ValueTask<ReadOnlySequence<byte>> ReadAsync(HttpRequest request, int? limit, CancellationToken cancellationToken)
    {
        if (request.ContentLength > limit) throw RequestFault.TooLarge(limit.Value);

        var reader = request.BodyReader;
        try
        {
            while (true)
            {
                var result = await reader.ReadAsync(cancellationToken);
                if (result.Buffer.Length > limit)
                {
                    reader.AdvanceTo(result.Buffer.End);
                    throw RequestFault.TooLarge(limit.Value);
                }

                if (result.IsCompleted) return result.Buffer;
                reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
            }
        }
        catch (BadHttpRequestException error) when (error.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw RequestFault.TooLarge(request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize ?? 0);
        }
        catch (BadHttpRequestException)
        {
            throw RequestFault.Invalid("The request body is incomplete.");
        }
    }

    /// <summary>Whether the body says that it is JSON in UTF-8, neither more nor less.</summary>
    public static bool IsJson(HttpRequest request)
    {
        var encoding = request.Headers.ContentEncoding;
        if (encoding.Count > 0 && !encoding.ToString().Equals("identity", StringComparison.OrdinalIgnoreCase)) return false;
        if (request.ContentType is "application/json") return true;
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)) return false;
        if (!type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)) return false;

        var charset = HeaderUtilities.RemoveQuotes(type.Charset);
        return !charset.HasValue || charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase);
    }
}
