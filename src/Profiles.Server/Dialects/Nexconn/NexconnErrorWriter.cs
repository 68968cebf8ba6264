using System.Text.Json;

namespace Profiles.Server.Dialects.Nexconn;

/// <summary>
/// Writes the errors of the dialect: <c>{"code":1002,"errorMessage":"…","profileKey":"gender"}</c>. What breaks a rule is answered with
/// HTTP 200, as clients throw on anything else before they see which key it was.
/// </summary>
internal sealed class NexconnErrorWriter : DialectErrorWriter
{
    /// <summary>What answers say of themselves.</summary>
    public const string JsonContentType = "application/json; charset=utf-8";

    private const int Internal = 1000;
    private const int InvalidParameter = 1002;
    private const int InvalidSignature = 1004;
    private const int NotAllowed = 1007;
    private const int TooOften = 1008;
    private const int TimedOut = 1050;

    /// <summary>What a code begins with where there is none for it: 1404 for 404.</summary>
    private const int Others = 1000;

    protected override string ContentType => JsonContentType;

    protected override int StatusOf(DialectError error) =>
        error.HttpStatus == StatusCodes.Status400BadRequest ? StatusCodes.Status200OK : error.HttpStatus;

    protected override void Write(Utf8JsonWriter json, DialectError error)
    {
        json.WriteStartObject();
        json.WriteNumber("code", CodeOf(error.HttpStatus));
        if (error.Violations is [{ Field.Length: > 0 } violation, ..])
        {
            var key = ProfileKeyText.Of(violation.Field);
            json.WriteString("errorMessage", $"{key} {violation.Description}.");
            json.WriteString("profileKey", key);
        }
        else
        {
            json.WriteString("errorMessage", error.Message);
        }

        json.WriteEndObject();
    }

    private static int CodeOf(int httpStatus) =>
        httpStatus switch
        {
            StatusCodes.Status400BadRequest => InvalidParameter,
            StatusCodes.Status401Unauthorized => InvalidSignature,
            StatusCodes.Status403Forbidden => NotAllowed,
            StatusCodes.Status429TooManyRequests => TooOften,
            StatusCodes.Status500InternalServerError => Internal,
            StatusCodes.Status503ServiceUnavailable or StatusCodes.Status504GatewayTimeout => TimedOut,
            _ => Others + httpStatus,
        };
}
