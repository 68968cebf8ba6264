using System.Text.Json.Nodes;
using Profiles.Contracts.Nexconn.V4;
using Profiles.Core.Limits;
using Profiles.OpenApi;
using Profiles.Server.Access.Authentication;
using Profiles.Server.Limits;
using Profiles.Transcoding;

namespace Profiles.Server.Dialects.Nexconn;

/// <summary>User profiles as Nexconn's server API has them, version 4 and the older calls by forms.</summary>
internal sealed class NexconnDialect : Dialect
{
    // The documented rate of each app.
    private static readonly UsualRateLimit Rate = new(new RateLimit(100, TimeSpan.FromSeconds(1)));

    private static readonly NexconnErrorWriter Errors = new();

    public override string Name => "Nexconn";

    public override string Description =>
        """
        User profiles as Nexconn's server API has them: version 4 in JSON, and the older calls by forms.

        A request is signed by an application: `App-Key`, `Nonce`, `Timestamp` and `Signature`, or each with `RC-` before it. Every answer
        has a `code`: 0 for success, 200 from the older calls. What breaks a rule is answered with HTTP 200, `code` 1002, and the key that
        failed in `profileKey`.
        """;

    public override CredentialHeaders Credentials { get; } = CredentialHeaders.Native with
    {
        AppKey = WithPrefix("app-key"),
        Nonce = WithPrefix("nonce"),
        Timestamp = WithPrefix("timestamp"),
        Signature = WithPrefix("signature"),
    };

    public override JsonObject ErrorSchema => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject
        {
            ["code"] = new JsonObject { ["type"] = "integer", ["description"] = "What went wrong; never 0 or 200." },
            ["errorMessage"] = new JsonObject { ["type"] = "string", ["description"] = "The same in words." },
            ["profileKey"] = new JsonObject { ["type"] = "string", ["description"] = "The key that failed." },
        },
        ["required"] = new JsonArray("code", "errorMessage"),
    };

    // What breaks a rule is answered with 200.
    public override void Describe(OpenApiOperation operation) => operation.Json["responses"]!.AsObject().Remove("400");

    public override void AddTo(DialectBuilder builder)
    {
        builder.Services.AddSingleton<NexconnFields>();
        builder.Services.AddSingleton<UserProfiles>();
        builder.AddService<UserProfileGrpcService>(UserProfileServiceReflection.Descriptor, Configure, metadata: [Rate]);
        builder.AddService<ProfileFormGrpcService>(
            ProfileFormServiceReflection.Descriptor,
            options =>
            {
                Configure(options);
                options.AcceptForms = true;
            },
            metadata: [Rate]);
        builder.AddFallback<UserProfileGrpcService>("/v4");
        builder.AddFallback<ProfileFormGrpcService>("/user/profile");
    }

    private static void Configure(JsonTranscodingOptions options)
    {
        options.ErrorWriter = Errors;
        options.JsonContentType = NexconnErrorWriter.JsonContentType;
        options.WriteDefaultValues = true;
    }

    private static string[] WithPrefix(string name) => [name, $"rc-{name}"];
}
