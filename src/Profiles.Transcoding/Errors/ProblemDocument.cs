using System.Text.Json;
using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.AspNetCore.WebUtilities;
using Profiles.Transcoding.Calls;
using Profiles.Transcoding.Errors.Details;

namespace Profiles.Transcoding.Errors;

/// <summary>An error as a problem document (RFC 9457).</summary>
/// <remarks>
/// <c>type</c> is absent, which means <c>about:blank</c>: the problem is no other than that of the HTTP status. Members of our
/// own: <c>code</c>, the name of the gRPC code; <c>reason</c> and <c>domain</c> of an ErrorInfo; <c>errors</c>, the violations
/// of a BadRequest, each with <c>field</c> and <c>detail</c>; <c>details</c>, all details as a google.rpc.Status has them.
/// </remarks>
internal static class ProblemDocument
{
    public static void Write(TranscodingErrorContext context, PooledBuffer body)
    {
        var status = context.Status;
        using var json = new Utf8JsonWriter(body, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteString("title", ReasonPhrases.GetReasonPhrase(context.HttpStatusCode));
        json.WriteNumber("status", context.HttpStatusCode);
        json.WriteString("detail", status.Message);
        json.WriteString("code", CodeName(status.Code));
        WriteReason(json, status.Details);
        WriteViolations(json, status.Details);
        WriteDetails(json, context);
        json.WriteEndObject();
    }

    private static void WriteReason(Utf8JsonWriter json, RepeatedField<Any> details)
    {
        foreach (var detail in details)
        {
            if (!detail.TryUnpack<ErrorInfo>(out var info)) continue;
            json.WriteString("reason", info.Reason);
            json.WriteString("domain", info.Domain);
            return;
        }
    }

    private static void WriteViolations(Utf8JsonWriter json, RepeatedField<Any> details)
    {
        var begun = false;
        foreach (var detail in details)
        {
            if (!detail.TryUnpack<BadRequest>(out var bad)) continue;
            if (!begun) json.WriteStartArray("errors");
            begun = true;
            foreach (var violation in bad.FieldViolations) WriteViolation(json, violation);
        }

        if (begun) json.WriteEndArray();
    }

    private static void WriteViolation(Utf8JsonWriter json, BadRequest.Types.FieldViolation violation)
    {
        json.WriteStartObject();
        json.WriteString("field", violation.Field);
        json.WriteString("detail", violation.Description);
        json.WriteEndObject();
    }

    private static void WriteDetails(Utf8JsonWriter json, TranscodingErrorContext context)
    {
        if (context.Status.Details.Count == 0) return;
        json.WriteStartArray("details");
        foreach (var detail in context.Status.Details)
        {
            using var text = new PooledBuffer();
            context.Json.Write(detail, text);
            json.WriteRawValue(text.Written.Span, skipInputValidation: true);
        }

        json.WriteEndArray();
    }

    /// <summary>The name as google/rpc/code.proto spells it; the number where it has none.</summary>
    private static string CodeName(int code) => (StatusCode)code switch
    {
        StatusCode.OK => "OK",
        StatusCode.Cancelled => "CANCELLED",
        StatusCode.Unknown => "UNKNOWN",
        StatusCode.InvalidArgument => "INVALID_ARGUMENT",
        StatusCode.DeadlineExceeded => "DEADLINE_EXCEEDED",
        StatusCode.NotFound => "NOT_FOUND",
        StatusCode.AlreadyExists => "ALREADY_EXISTS",
        StatusCode.PermissionDenied => "PERMISSION_DENIED",
        StatusCode.ResourceExhausted => "RESOURCE_EXHAUSTED",
        StatusCode.FailedPrecondition => "FAILED_PRECONDITION",
        StatusCode.Aborted => "ABORTED",
        StatusCode.OutOfRange => "OUT_OF_RANGE",
        StatusCode.Unimplemented => "UNIMPLEMENTED",
        StatusCode.Internal => "INTERNAL",
        StatusCode.Unavailable => "UNAVAILABLE",
        StatusCode.DataLoss => "DATA_LOSS",
        StatusCode.Unauthenticated => "UNAUTHENTICATED",
        _ => code.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };
}
