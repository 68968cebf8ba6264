using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;
using Profiles.OpenApi;
using Profiles.Server.Access;
using Profiles.V1;

namespace Profiles.Server.OpenApi;

/// <summary>Says of an operation what the server adds to its contract: access, conditions, retries.</summary>
internal sealed class OperationDescriber(AccessRules rules)
{
    public void Describe(OpenApiOperation operation)
    {
        DescribeAccess(operation);
        DescribeConditions(operation);
    }

    private void DescribeAccess(OpenApiOperation operation)
    {
        if (rules.Find(operation.Route.FullName) is not { } rule)
            return;

        operation.Describe(CredentialSchemes.Describe(rule));
        if (rule.GrantCase == V1.Access.GrantOneofCase.Everybody)
            return;

        CredentialSchemes.Require(operation, rule);
        operation.AddError(StatusCodes.Status401Unauthorized, "The request has no credential, or not a good one.");
        operation.AddError(StatusCodes.Status403Forbidden, "The credential does not grant the call.");
        operation.AddError(StatusCodes.Status429TooManyRequests, "The credential has used up its allowance; `Retry-After` says how long to wait.");
    }

    private static void DescribeConditions(OpenApiOperation operation)
    {
        var (request, response) = (operation.Route.Method.InputType, operation.Route.Method.OutputType);
        if (HoldsProfile(response))
            operation.AddResponseHeader("ETag", "The tag of this state of the record.");
        if (HoldsProfile(response) && HttpMethods.IsGet(operation.Route.HttpMethod))
        {
            operation.AddRequestHeader("If-None-Match", "Etags that the caller has; with a current one among them, the answer is 304.");
            operation.AddResponse(StatusCodes.Status304NotModified, "The record is as the caller has it.");
        }

        if (HoldsProfile(request) || request.FindFieldByName("etag") is not null)
        {
            operation.AddRequestHeader("If-Match", "Etags in double quotes, or `*`: write only if the record is in one of these states, or is there at all.");
            operation.AddError(StatusCodes.Status409Conflict, "The etag in the body is stale.");
            operation.AddError(StatusCodes.Status412PreconditionFailed, "The etag in `If-Match` is stale.");
        }

        if (request.FindFieldByName("request_id") is not null)
            operation.AddRequestHeader("Idempotency-Key", "Makes retries safe: a UUID, the same for each try. The same as the request id.", Uuid());
    }

    private static bool HoldsProfile(MessageDescriptor message) =>
        message.FindFieldByName("profile") is { FieldType: FieldType.Message, IsRepeated: false } field && field.MessageType == Profile.Descriptor;

    private static JsonObject Uuid() => new() { ["type"] = "string", ["format"] = "uuid" };
}
