using System.Text.Json.Nodes;
using Profiles.Contracts.HiveMp.V1;
using Profiles.Server.Access.Authentication;
using Profiles.Transcoding;

namespace Profiles.Server.Dialects.HiveMp;

/// <summary>The profiles of HiveMP's user sessions.</summary>
internal sealed class HiveMpDialect : Dialect
{
    /// <inheritdoc/>
    public override string Name => "HiveMp";

    /// <inheritdoc/>
    public override string Description =>
        """
        The profile of an account, for clients of HiveMP's user sessions: change their base URL. Every field is always there. An update
        that is absent or `null` returns the profile as it is.
        """;

    // Generated clients send the second one.
    /// <inheritdoc/>
    public override CredentialHeaders Credentials { get; } = CredentialHeaders.Native with { ApiKey = ["x-api-key", "api_key"] };

    /// <inheritdoc/>
    public override JsonObject ErrorSchema { get; } = JsonNode.Parse(
        """
        {
          "type": "object",
          "description": "A HiveMPSystemError.",
          "required": ["code", "message", "fields", "data"],
          "properties": {
            "code": {"type": "integer", "description": "The stable code. Those from 6000 to 6999 are for trying again."},
            "message": {"type": "string", "description": "What happened."},
            "fields": {"type": ["string", "null"], "description": "The parameters that break rules, separated by commas."},
            "data": {
              "type": "object",
              "description": "What is known besides; always there.",
              "properties": {
                "parameterName": {"type": "string", "description": "The first parameter that is missing or breaks a rule."},
                "parameterIsMissing": {"type": "boolean", "description": "Whether it is missing."},
                "parameterInvalidReason": {"type": "string", "description": "The rule that it breaks."},
                "invalidIdentifier": {"type": "string", "description": "The id that nothing was found by."},
                "retryAfterSeconds": {"type": "number", "description": "When to try again."}
              }
            }
          }
        }
        """)!.AsObject();

    /// <inheritdoc/>
    public override void AddTo(DialectBuilder builder)
    {
        builder.Services.AddSingleton<HiveMpMessages>();
        builder.AddService<HiveMpUserAccountService>(UserAccountServiceReflection.Descriptor, ConfigureRest);
        builder.AddFallback<HiveMpUserAccountService>("/v1/profile");
    }

    private static void ConfigureRest(JsonTranscodingOptions options)
    {
        options.WriteDefaultValues = true;
        options.IgnoreUnknownFields = true;
        options.IgnoreUnknownQueryParameters = true;
        options.ErrorWriter = new HiveMpErrorWriter();
    }
}
