using System.Text.Json;
using Profiles.Contracts.HiveMp.V1;

namespace Profiles.Server.Dialects.HiveMp;

/// <summary>Writes errors over REST: <c>{"code":1003,"message":"…","fields":"id","data":{…}}</c>. Clients fail where data is absent.</summary>
internal sealed class HiveMpErrorWriter : DialectErrorWriter
{
    /// <summary>The parameter that names the account.</summary>
    public const string Id = "id";

    /// <summary>The rule of a parameter that has to be there.</summary>
    public const string Missing = "is required";

    // The field of the message that is the body. What is in it is known by its name alone.
    private const string Body = "profile_update";
    private const string InBody = $"{Body}.";
    private const string BodyParameter = "profileUpdate";

    private const int InvalidParameter = 1003;
    private const int RateLimited = 6002;

    protected override void Write(Utf8JsonWriter json, DialectError error)
    {
        json.WriteStartObject();
        json.WriteNumber("code", CodeOf(error.HttpStatus));
        json.WriteString("message", error.Violations.Count > 0 ? error.Describe(NameOf) : error.Message);
        if (error.Violations.Count > 0)
            json.WriteString("fields", string.Join(',', error.Violations.Select(violation => NameOf(violation.Field))));
        else
            json.WriteNull("fields");
        json.WriteStartObject("data");
        WriteData(json, error);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    // Clients try again by themselves what has a code from 6000 to 6999: nothing else may be there.
    private static int CodeOf(int status) => status switch
    {
        StatusCodes.Status400BadRequest => InvalidParameter,
        StatusCodes.Status401Unauthorized => 2001,
        StatusCodes.Status403Forbidden => 2002,
        StatusCodes.Status404NotFound => 2003,
        StatusCodes.Status405MethodNotAllowed => 2004,
        StatusCodes.Status409Conflict or StatusCodes.Status412PreconditionFailed => 2005,
        StatusCodes.Status429TooManyRequests => RateLimited,
        StatusCodes.Status503ServiceUnavailable or StatusCodes.Status504GatewayTimeout => 7002,
        >= StatusCodes.Status400BadRequest and < StatusCodes.Status500InternalServerError => 2006,
        _ => 7001,
    };

    private static void WriteData(Utf8JsonWriter json, DialectError error)
    {
        if (error.HttpStatus == StatusCodes.Status400BadRequest)
            WriteParameter(json, error);
        else if (error.HttpStatus == StatusCodes.Status404NotFound && error.Reason == "PROFILE_NOT_FOUND")
            json.WriteString("invalidIdentifier", error.Context.HttpContext.Request.Query[Id].ToString());
        if (error.RetryAfter is { } delay && error.HttpStatus == StatusCodes.Status429TooManyRequests)
            json.WriteNumber("retryAfterSeconds", Math.Ceiling(delay.TotalSeconds));
    }

    private static void WriteParameter(Utf8JsonWriter json, DialectError error)
    {
        // What cannot be read at all is the body.
        var (field, rule) = error.Violations is [var first, ..] ? (NameOf(first.Field), first.Description) : (BodyParameter, error.Message);
        json.WriteString("parameterName", field);
        if (rule == Missing)
            json.WriteBoolean("parameterIsMissing", true);
        else
            json.WriteString("parameterInvalidReason", rule);
    }

    private static string NameOf(string field)
    {
        if (field == Body)
            return BodyParameter;
        if (!field.StartsWith(InBody, StringComparison.Ordinal))
            return field;
        var name = field[InBody.Length..];
        return UserProfileUpdate.Descriptor.FindFieldByName(name)?.JsonName ?? name;
    }
}
