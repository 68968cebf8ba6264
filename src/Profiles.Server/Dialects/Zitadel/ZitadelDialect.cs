using System.Text.Json.Nodes;
using Profiles.Contracts.Zitadel.Auth.V1;
using Profiles.Contracts.Zitadel.V1;
using Profiles.Server.Access;
using Profiles.Server.Access.Authentication;
using Profiles.Transcoding;

namespace Profiles.Server.Dialects.Zitadel;

/// <summary>Zitadel's authentication API, as far as it is about the own profile.</summary>
internal sealed class ZitadelDialect : Dialect
{
    private const string OrganizationHeader = "x-zitadel-orgid";

    /// <inheritdoc/>
    public override string Name => "Zitadel";

    /// <inheritdoc/>
    public override string Description =>
        """
        The own profile, for clients of Zitadel's authentication API (`zitadel.auth.v1.AuthService`): change their base URL. An update
        replaces the whole profile. Names are in lowerCamelCase, fields without a value are left out, 64-bit numbers are strings.
        """;

    // Zitadel knows bearer tokens alone.
    /// <inheritdoc/>
    public override CredentialHeaders Credentials { get; } =
        new(ApiKey: [], AppKey: [], Nonce: [], Timestamp: [], Signature: []) { Organization = [OrganizationHeader, OrganizationGate.HeaderName] };

    /// <inheritdoc/>
    public override JsonObject ErrorSchema { get; } = JsonNode.Parse(
        """
        {
          "type": "object",
          "description": "An error.",
          "required": ["code", "message"],
          "properties": {
            "code": {"type": "integer", "description": "The code of gRPC."},
            "message": {"type": "string", "description": "What happened; in parentheses the id, where there is one."},
            "details": {
              "type": "array",
              "description": "The id of the failure, where there is one.",
              "items": {
                "type": "object",
                "required": ["@type", "id", "message"],
                "properties": {
                  "@type": {"type": "string", "description": "Always `type.googleapis.com/zitadel.v1.ErrorDetail`."},
                  "id": {"type": "string", "description": "The stable id, such as `COMMAND-2M0fs`."},
                  "message": {"type": "string", "description": "What happened, without the id."}
                }
              }
            }
          }
        }
        """)!.AsObject();

    /// <inheritdoc/>
    public override void AddTo(DialectBuilder builder)
    {
        builder.Services.AddSingleton<ZitadelMessages>();
        builder.AddService<ZitadelAuthService>(AuthReflection.Descriptor, ConfigureRest, new ZitadelErrors());
        builder.AddFallback<ZitadelAuthService>("/auth/v1");
        builder.AddFallback<ZitadelAuthService>("/users/me");
    }

    private static void ConfigureRest(JsonTranscodingOptions options)
    {
        options.IgnoreUnknownFields = true;
        options.IgnoreUnknownQueryParameters = true;
        options.TypeFiles.Add(ErrorDetailReflection.Descriptor);
        options.ErrorWriter = new ZitadelErrorWriter();
    }
}
