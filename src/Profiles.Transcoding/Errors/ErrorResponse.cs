using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Profiles.Transcoding.Calls;
using Profiles.Transcoding.Errors.Details;

namespace Profiles.Transcoding.Errors;

/// <summary>How a call failed: its status, an HTTP status of its own where it needs one, and the service's trailers.</summary>
internal readonly record struct CallError(Google.Rpc.Status Status, int? HttpStatusCode, Metadata Trailers)
{
    /// <summary>What the transcoder itself found wrong; null where the service failed.</summary>
    public string? Reason { get; init; }
}

/// <summary>Hands an error to the service's writer.</summary>
internal static class ErrorResponse
{
    public static Task WriteAsync(HttpContext context, TranscodingSettings settings, CallError error, string? method)
    {
        var status = Prepare(settings, error);
        var usual = error.HttpStatusCode ?? HttpStatusMap.Of(status.Code);
        var chosen = settings.Options.HttpStatusMapper?.Invoke(context, status) ?? usual;
        return settings.ErrorWriter.WriteAsync(new TranscodingErrorContext(context, status, chosen, settings.Json)
        {
            Method = method,
            Reason = error.Reason,
            Trailers = error.Trailers,
        });
    }

    /// <summary>The status, with the reason of an error of the transcoder's own as ErrorInfo, and without details that JSON cannot express.</summary>
    public static Google.Rpc.Status Prepare(TranscodingSettings settings, CallError error)
    {
        if (error.Reason is { } reason && settings.Options.ErrorDomain is { } domain)
            error.Status.Details.Add(Any.Pack(new ErrorInfo { Reason = reason, Domain = domain }));
        ErrorDetails.RemoveUnknown(error.Status.Details, settings.Json);
        return error.Status;
    }
}
