using System.Text.Json.Nodes;
using Profiles.Contracts.M2.V1;
using Profiles.Core.Pictures;
using Profiles.Core.Usernames;
using Profiles.OpenApi;
using Profiles.Server.Access;
using Profiles.Server.Access.Authentication;
using Profiles.Transcoding;

namespace Profiles.Server.Dialects.M2;

/// <summary>User profiles and the denylist of usernames as M2 has them.</summary>
internal sealed class M2Dialect : Dialect
{
    // An image, and what is set beside it.
    private const int ImageRequestBytes = PictureUpload.MaxBytes + (64 * 1024);

    private static readonly M2ErrorWriter Errors = new();

    public override string Name => "M2";

    public override string Description =>
        """
        User profiles and the denylist of usernames as M2 has them.

        `x-m2-organization-id` names the organization. The user is the one whom the credential speaks for; an API key that speaks for none
        names the user in `x-m2-user-id`.
        """;

    public override CredentialHeaders Credentials { get; } = CredentialHeaders.Native with
    {
        Organization = [OrganizationGate.HeaderName, "x-m2-organization-id"],
    };

    public override JsonObject ErrorSchema => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject
        {
            ["statusCode"] = new JsonObject { ["type"] = "integer", ["description"] = "The HTTP status." },
            ["code"] = new JsonObject { ["type"] = "string", ["description"] = "The stable reason, such as `USERNAME_TAKEN`." },
            ["error"] = new JsonObject { ["type"] = "string", ["description"] = "The HTTP status in words." },
            ["message"] = new JsonObject { ["type"] = "string", ["description"] = "What went wrong." },
        },
        ["required"] = new JsonArray("statusCode", "error", "message"),
    };

    public override void Describe(OpenApiOperation operation)
    {
        switch (operation.Route.Method.Name)
        {
            case nameof(M2DenylistGrpcService.DenyUsernames):
                operation.AddResponse(StatusCodes.Status204NoContent, "All names are on the denylist.");
                break;
            case nameof(M2DenylistGrpcService.OverwriteDenylist):
                operation.AddResponse(StatusCodes.Status204NoContent, "The names are the denylist.");
                operation.AddError(StatusCodes.Status409Conflict, "The names that are in use; then nothing has changed. Or usernames need not be unique in the organization.");
                MoveNames(operation.Json["responses"]!.AsObject());
                break;
        }
    }

    public override void AddTo(DialectBuilder builder)
    {
        builder.Services.AddSingleton<M2Messages>();
        builder.AddService<M2ProfileGrpcService>(
            ProfileServiceReflection.Descriptor,
            options =>
            {
                Configure(options);
                options.AcceptForms = true;
                options.FileField = "profile_picture";
            },
            large: (nameof(M2ProfileGrpcService.UpsertProfile), ImageRequestBytes));
        builder.AddService<M2DenylistGrpcService>(
            DenylistServiceReflection.Descriptor,
            options =>
            {
                Configure(options);
                options.MaxElements = UsernameDenylist.MaxSize + 1;
                // A list that was lost on the way must not empty the denylist.
                options.RequireBody = true;
            },
            large: (nameof(M2DenylistGrpcService.OverwriteDenylist), UsernameDenylist.MaxBytes));
        builder.AddFallback<M2ProfileGrpcService>("/api/profile");
    }

    // The array that contracts have for success is what is answered when there is none.
    private static void MoveNames(JsonObject responses)
    {
        var names = responses["200"]!["content"]!["application/json"]!["schema"]!;
        responses.Remove("200");
        responses["409"]!["content"] = new JsonObject
        {
            ["application/json"] = new JsonObject
            {
                ["schema"] = new JsonObject
                {
                    ["anyOf"] = new JsonArray(names.DeepClone(), new JsonObject { ["$ref"] = "#/components/schemas/Error" }),
                },
            },
        };
    }

    private static void Configure(JsonTranscodingOptions options)
    {
        options.ErrorWriter = Errors;
        options.WriteDefaultValues = true;
    }
}
