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
    public static Task WriteAsync(HttpContext context, ProfilesException exception) =>
        WriteAsync(context, ErrorMap.ToStatus(exception, context.GetEndpoint()), ChallengeOf(exception.Reason), exception.RetryAfter);

    /// <summary>
    /// Answers with a status; over REST also with what a caller could bring instead (RFC 9110, section 11.6.1); and with the time after
    /// which another try makes sense.
    /// </summary>
    public static Task WriteAsync(HttpContext context, Google.Rpc.Status status, string? challenge = null, TimeSpan? retryAfter = null)
    {
        var route = context.GetEndpoint()!.Metadata.GetMetadata<TranscodingRoute>();
        if (route is null)
        {
            WriteTrailersOnly(context.Response, status, retryAfter);
            return Task.CompletedTask;
        }

        if (retryAfter is { } delay)
            context.Response.Headers.RetryAfter = RetryDelay.InSeconds(delay);
        if (challenge is not null)
            context.Response.Headers.WWWAuthenticate = challenge;
        return context.WriteTranscodingErrorAsync(route, status);
    }

    private static string? ChallengeOf(ErrorReason reason) => reason switch
    {
        ErrorReason.CredentialMissing => "Bearer",
        ErrorReason.CredentialInvalid => "Bearer error=\"invalid_token\"",
        _ => null,
    };

    /// <summary>
    /// The gRPC answer without messages: status and details as headers ("Trailers-Only" in the gRPC protocol over HTTP/2).
    /// </summary>
    private static void WriteTrailersOnly(HttpResponse response, Google.Rpc.Status status, TimeSpan? retryAfter)
    {
        response.ContentType = "application/grpc";
        response.Headers.GrpcStatus = status.Code.ToString(CultureInfo.InvariantCulture);
        response.Headers.GrpcMessage = PercentEncode(status.Message);
        response.Headers[ErrorMap.DetailsTrailer] = Convert.ToBase64String(status.ToByteArray()).TrimEnd('=');
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
