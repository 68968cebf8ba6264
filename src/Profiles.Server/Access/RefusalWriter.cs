using System.Globalization;
using System.Text;
using Google.Protobuf;
using Profiles.Core.Errors;
using Profiles.Server.Errors;
using Profiles.Transcoding;
using Profiles.Transcoding.Errors;

namespace Profiles.Server.Access;

/// <summary>Answers a request that is not let through, in the form that its protocol uses for errors.</summary>
internal static class RefusalWriter
{
    public static Task WriteAsync(HttpContext context, ProfilesException exception)
    {
        if (exception.Reason is ErrorReason.CredentialMissing)
            return WriteAsync(context, ErrorMap.ToStatus(exception), "Bearer");
        return WriteAsync(
            context,
            ErrorMap.ToStatus(exception),
            exception.Reason is ErrorReason.CredentialInvalid ? "Bearer error=\"invalid_token\"" : null);
    }

    /// <summary>Answers with a status and, over REST, with what a caller could bring instead (RFC 9110, section 11.6.1).</summary>
    public static Task WriteAsync(HttpContext context, Google.Rpc.Status status, string? challenge)
    {
        var route = context.GetEndpoint()!.Metadata.GetMetadata<TranscodingRoute>();
        if (route is null)
        {
            WriteTrailersOnly(context.Response, status);
            return Task.CompletedTask;
        }

        if (challenge is not null)
            context.Response.Headers.WWWAuthenticate = challenge;
        return context.WriteTranscodingErrorAsync(route, status);
    }

    /// <summary>
    /// The gRPC answer without messages: status and details as headers ("Trailers-Only" in the gRPC protocol over HTTP/2).
    /// </summary>
    private static void WriteTrailersOnly(HttpResponse response, Google.Rpc.Status status)
    {
        response.ContentType = "application/grpc";
        response.Headers.GrpcStatus = status.Code.ToString(CultureInfo.InvariantCulture);
        response.Headers.GrpcMessage = PercentEncode(status.Message);
        response.Headers["grpc-status-details-bin"] = Convert.ToBase64String(status.ToByteArray()).TrimEnd('=');
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
