using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Profiles.Transcoding.Calls;

namespace Profiles.Transcoding.Errors;

/// <summary>How a call failed: its status, an HTTP status of its own where it needs one, and the service's trailers.</summary>
internal readonly record struct CallError(Google.Rpc.Status Status, int? HttpStatusCode, Metadata Trailers);

/// <summary>Hands an error to the service's writer.</summary>
internal static class ErrorResponse
{
    public static Task WriteAsync(HttpContext context, TranscodingSettings settings, CallError error, string? method)
    {
        var usual = error.HttpStatusCode ?? HttpStatusMap.Of(error.Status.Code);
        var chosen = settings.Options.HttpStatusMapper?.Invoke(context, error.Status) ?? usual;
        return settings.ErrorWriter.WriteAsync(new TranscodingErrorContext(context, error.Status, chosen, settings.Json)
        {
            Method = method,
            Trailers = error.Trailers,
        });
    }
}
