using System.Text.Json;
using Grpc.Core;
using Microsoft.AspNetCore.WebUtilities;

namespace Profiles.Server.Dialects.M2;

/// <summary>
/// Writes the errors of the dialect: <c>{"statusCode":409,"code":"USERNAME_TAKEN","error":"Conflict","message":"…"}</c>.
/// </summary>
internal sealed class M2ErrorWriter : DialectErrorWriter
{
    protected override int StatusOf(DialectError error) =>
        error.Code == (int)StatusCode.FailedPrecondition ? StatusCodes.Status409Conflict : error.HttpStatus;

    protected override void Write(Utf8JsonWriter json, DialectError error)
    {
        var status = StatusOf(error);
        json.WriteStartObject();
        json.WriteNumber("statusCode", status);
        if (error.Reason.Length > 0)
            json.WriteString("code", error.Reason);
        json.WriteString("error", ReasonPhrases.GetReasonPhrase(status));
        json.WriteString("message", error.Violations.Count > 1 ? error.Describe(name => name) : error.Message);
        json.WriteEndObject();
    }
}
