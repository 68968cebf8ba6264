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

    /// <summary>Adds the kinds.</summary>
    public static void AddTo(IDictionary<string, JsonObject> schemes)
    {
        var headers = CredentialHeaders.Native;
        schemes.Add(Token, new JsonObject
        {
            ["type"] = "http",
            ["scheme"] = "bearer",
            ["bearerFormat"] = "JWT",
            ["description"] = "A JSON Web Token of an issuer that the server trusts. User, organization and permissions follow from it.",
        });
        schemes.Add(ApiKey, Header(headers.ApiKey, "An API key. It has a type, permissions, and an end; a session key speaks for one user."));
        schemes.Add(Application[0], Header(headers.AppKey, "A signed application: its app key. Needs `nonce`, `timestamp` and `signature` beside it."));
        schemes.Add(Application[1], Header(headers.Nonce, "Of a signed application: a text of the caller's choice, 1–128 characters."));
        schemes.Add(Application[2], Header(headers.Timestamp, "Of a signed application: the time, in milliseconds or seconds since 1970."));
        schemes.Add(Application[3], Header(headers.Signature, "Of a signed application: SHA-1 of secret, nonce and timestamp, in 40 hexadecimal digits."));
    }

    /// <summary>Says which kinds an operation takes, and what permission they need.</summary>
    public static void Require(OpenApiOperation operation, V1.Access rule)
    {
        string[] roles = rule.HasPermission ? [rule.Permission] : [];
        operation.RequireSecurity(Token, roles);
        operation.RequireSecurity(ApiKey, roles);
        // An application speaks for no user.
        if (rule.GrantCase != OwnRecord)
            operation.RequireSecurity(Application, roles);
    }

    /// <summary>The same in words.</summary>
    public static string Describe(V1.Access rule) => rule.GrantCase switch
    {
        Permission => $"Access: a credential with the permission `{rule.Permission}`.",
        OwnRecord => "Access: a credential that speaks for a user, a token or an API key; the call reaches that user's own record.",
        Everybody => "Access: everybody, without a credential.",
        _ => "Access: any credential.",
    };

    private static JsonObject Header(IReadOnlyList<string> names, string description) =>
        new() { ["type"] = "apiKey", ["in"] = "header", ["name"] = names[0], ["description"] = description };
}
