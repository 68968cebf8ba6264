using System.Globalization;
using System.Text;
using Google.Protobuf;
using Profiles.Core.Errors;
using Profiles.Server.Errors;
using Profiles.Server.Limits;
using Profiles.Transcoding;
using Profiles.Transcoding.Errors;

namespace Profiles.Server.Access;

/// <summary>Answers a request that is not let through, in the form that its protocol uses for errors.</summary>
internal static class RefusalWriter
{
    public static Task WriteAsync(HttpContext context, ProfilesException exception)
    {
        var status = ErrorMap.ToStatus(exception);
        var route = context.GetEndpoint()!.Metadata.GetMetadata<TranscodingRoute>();
        if (route is null)
        {
            WriteTrailersOnly(context.Response, status, exception.RetryAfter);
            return Task.CompletedTask;
        }

        if (exception.RetryAfter is { } delay)
            context.Response.Headers.RetryAfter = RetryDelay.InSeconds(delay);

        if (exception.Reason is ErrorReason.CredentialMissing)
            context.Response.Headers.WWWAuthenticate = "Bearer";
        else if (exception.Reason is ErrorReason.CredentialInvalid)
            context.Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
        return context.WriteTranscodingErrorAsync(route, status);
    }

    /// <summary>
    /// The gRPC answer without messages: status and details as headers ("Trailers-Only" in the gRPC protocol over HTTP/2).
    /// </summary>
    private static void WriteTrailersOnly(HttpResponse response, Google.Rpc.Status status, TimeSpan? retryAfter)
    {
        response.ContentType = "application/grpc";
        response.Headers.GrpcStatus = status.Code.ToString(CultureInfo.InvariantCulture);
        response.Headers.GrpcMessage = PercentEncode(status.Message);
        response.Headers["grpc-status-details-bin"] = Convert.ToBase64String(status.ToByteArray()).TrimEnd('=');
        // What gRPC clients that retry by themselves wait for (gRPC A6).
        if (retryAfter is { } delay)
            response.Headers["grpc-retry-pushback-ms"] = RetryDelay.InMilliseconds(delay);
    }

    // As the gRPC protocol says: printable ASCII stands for itself, but for the percent sign.
    private static string PercentEncode(string text)
    {
        var encoded = new StringBuilder(text.Length);
        foreach (var octet in Encoding.UTF8.GetBytes(text))
        {
            if (octet is >= 0x20 and <= 0x7e and not (byte)'%')
                encoded.Append((char)octet);
            else
                encoded.Append(CultureInfo.InvariantCulture, $"%{octet:X2}");
        }

        return encoded.ToString();
    }
}
