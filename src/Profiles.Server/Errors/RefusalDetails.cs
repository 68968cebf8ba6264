using System.Globalization;
using Google.Protobuf;
using Grpc.AspNetCore.Server;
using Grpc.Core;

namespace Profiles.Server.Errors;

/// <summary>
/// Gives what the gRPC server refuses by itself, before there is a call or when its deadline passes, the reason that REST gives in the
/// same case. Such an answer has no messages, so its status stands in the headers.
/// </summary>
internal static class RefusalDetails
{
    /// <summary>Adds the details to the answer of an <see cref="HttpContext"/>, whose headers are about to be sent.</summary>
    public static Task AddAsync(object state)
    {
        var context = (HttpContext)state;
        try
        {
            Add(context);
        }
        catch (InvalidOperationException) when (context.Response.HasStarted)
        {
            // At the deadline the gRPC server answers beside the method, and one of them was faster.
        }

        return Task.CompletedTask;
    }

    private static void Add(HttpContext context)
    {
        var headers = context.Response.Headers;
        if (!headers.ContainsKey(ErrorMap.DetailsTrailer)
            && int.TryParse(headers.GrpcStatus, CultureInfo.InvariantCulture, out var code)
            && ReasonOf((StatusCode)code, context) is { } reason)
        {
            var status = ErrorMap.Create((StatusCode)code, Uri.UnescapeDataString(headers.GrpcMessage.ToString()), reason);
            headers[ErrorMap.DetailsTrailer] = Convert.ToBase64String(status.ToByteArray()).TrimEnd('=');
        }
    }

    private static string? ReasonOf(StatusCode code, HttpContext context) =>
        code switch
        {
            StatusCode.DeadlineExceeded => "DEADLINE_EXCEEDED",
            StatusCode.ResourceExhausted => "BODY_TOO_LARGE",
            StatusCode.Unimplemented when context.GetEndpoint()?.Metadata.GetMetadata<GrpcMethodMetadata>() is null => "PATH_NOT_FOUND",
            // A compression that the server does not know; or a media type, which has a code of HTTP as well.
            StatusCode.Unimplemented => "MEDIA_TYPE_UNSUPPORTED",
            StatusCode.Internal when context.Response.StatusCode == StatusCodes.Status415UnsupportedMediaType => "MEDIA_TYPE_UNSUPPORTED",
            // The former from gRPC-Web, of text that is not base64.
            StatusCode.InvalidArgument or StatusCode.Internal => "BODY_INVALID",
            _ => null,
        };
}
