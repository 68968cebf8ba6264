using System.Text.Json.Nodes;
using Profiles.OpenApi;
using Profiles.Server.Access.Authentication;
using static Profiles.V1.Access.GrantOneofCase;

namespace Profiles.Server.OpenApi;

/// <summary>The kinds of credentials that calls take, and which of them each call takes.</summary>
internal static class CredentialSchemes
{
    private const string Token = "token";
    private const string ApiKey = "apiKey";

    // OpenAPI has no scheme of several headers: all four together are one credential.
    private static readonly string[] Application = ["appKey", "nonce", "timestamp", "signature"];

    /// <summary>Adds the kinds that are sent in these headers.</summary>
    public static void AddTo(IDictionary<string, JsonObject> schemes, CredentialHeaders headers)
    {
        schemes.Add(Token, new JsonObject
        {
            ["type"] = "http",
            ["scheme"] = "bearer",
            ["bearerFormat"] = "JWT",
            ["description"] = "A JSON Web Token of an issuer that the server trusts. User, organization and permissions follow from it.",
        });
        if (headers.ApiKey.Count > 0)
            schemes.Add(ApiKey, Header(headers.ApiKey, "An API key. It has a type, permissions, and an end; a session key speaks for one user."));
        if (headers.AppKey.Count == 0)
            return;
        schemes.Add(Application[0], Header(headers.AppKey, "A signed application: its app key. Needs `nonce`, `timestamp` and `signature` beside it."));
        schemes.Add(Application[1], Header(headers.Nonce, "Of a signed application: a text of the caller's choice, 1–128 characters."));
        schemes.Add(Application[2], Header(headers.Timestamp, "Of a signed application: the time, in milliseconds or seconds since 1970."));
        schemes.Add(Application[3], Header(headers.Signature, "Of a signed application: SHA-1 of secret, nonce and timestamp, in 40 hexadecimal digits."));
    }

    /// <summary>Says which kinds an operation takes, what permission they need, and how it refuses them.</summary>
    public static void DescribeAccess(OpenApiOperation operation, V1.Access rule, CredentialHeaders headers)
    {
        operation.Describe(Describe(rule));
        if (rule.Everybody)
            return;
        Require(operation, rule, headers);
        operation.AddError(StatusCodes.Status401Unauthorized, "The request has no credential, or not a good one.");
        operation.AddError(StatusCodes.Status403Forbidden, "The credential does not grant the call.");
        operation.AddError(StatusCodes.Status429TooManyRequests, "The credential has used up its allowance; `Retry-After` says how long to wait.");
    }

    private static void Require(OpenApiOperation operation, V1.Access rule, CredentialHeaders headers)
    {
        string[] roles = rule.HasPermission ? [rule.Permission] : [];
        operation.RequireSecurity(headers.NeedsApiKey ? [Token, ApiKey] : [Token], roles);
        if (headers.ApiKey.Count > 0)
            operation.RequireSecurity(ApiKey, roles);
        // An application speaks for no user.
        if (rule.GrantCase != OwnRecord && headers.AppKey.Count > 0)
            operation.RequireSecurity(Application, roles);
    }

    private static string Describe(V1.Access rule) => rule.GrantCase switch
    {
        Permission => $"Access: a credential with the permission `{rule.Permission}`.",
        OwnRecord => "Access: a credential that speaks for a user, a token or an API key; the call reaches that user's own record.",
        OwnOrPermission => $"Access: a credential that speaks for a user, for that user's own record; or one with the permission `{rule.OwnOrPermission}`.",
        Everybody => "Access: everybody, without a credential.",
        _ => "Access: any credential.",
    };

    private static JsonObject Header(IReadOnlyList<string> names, string description) =>
        new() { ["type"] = "apiKey", ["in"] = "header", ["name"] = names[0], ["description"] = description };
}
