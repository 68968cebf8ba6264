using System.Text.Json;
using Profiles.Contracts.Zitadel.V1;

namespace Profiles.Server.Dialects.Zitadel;

/// <summary>Writes errors over REST: <c>{"code":9,"message":"…","details":[{"@type":"…","id":"…","message":"…"}]}</c>.</summary>
internal sealed class ZitadelErrorWriter : DialectErrorWriter
{
    protected override void Write(Utf8JsonWriter json, DialectError error)
    {
        json.WriteStartObject();
        json.WriteNumber("code", error.Code);
        json.WriteString("message", TextOf(error));
        WriteDetails(json, error);
        json.WriteEndObject();
    }

    private static string TextOf(DialectError error) => error.Reason switch
    {
        "PATH_NOT_FOUND" => "Not Found",
        "METHOD_NOT_ALLOWED" => "Method Not Allowed",
        _ => error.Message,
    };

    private static void WriteDetails(Utf8JsonWriter json, DialectError error)
    {
        foreach (var detail in error.Context.Status.Details)
        {
            if (!detail.TryUnpack<ErrorDetail>(out var known))
                continue;
            json.WriteStartArray("details");
            json.WriteStartObject();
            json.WriteString("@type", detail.TypeUrl);
            json.WriteString("id", known.Id);
            json.WriteString("message", known.Message);
            json.WriteEndObject();
            json.WriteEndArray();
            return;
        }
    }
}
