using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;
using Profiles.OpenApi;
using Profiles.Server.Access;
using Profiles.Server.Access.Authentication;
using Profiles.V1;

namespace Profiles.Server.OpenApi;

/// <summary>Says of an operation what the server adds to its contract: access, conditions, retries.</summary>
internal sealed class OperationDescriber(AccessRules rules)
{
    public void Describe(OpenApiOperation operation)
    {
        DescribeAccess(operation);
        DescribeConditions(operation);
        DescribeDigest(operation);
    }

    private void DescribeAccess(OpenApiOperation operation)
    {
        if (rules.Find(operation.Route.FullName) is { } rule)
            CredentialSchemes.DescribeAccess(operation, rule, CredentialHeaders.Native);
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

    // Read for every body; said where images have no checksums of their own.
    private static void DescribeDigest(OpenApiOperation operation)
    {
        if (operation.Route.Method.InputType.FindFieldByName("image_sha256") is not null)
            operation.AddRequestHeader("Content-Digest", "What the body has to be, a form with all its parts (RFC 9530): `sha-256=:…:` or `sha-512=:…:`, in base64.");
    }

    private static bool HoldsProfile(MessageDescriptor message) =>
        message.FindFieldByName("profile") is { FieldType: FieldType.Message, IsRepeated: false } field && field.MessageType == Profile.Descriptor;

    private static JsonObject Uuid() => new() { ["type"] = "string", ["format"] = "uuid" };
}
