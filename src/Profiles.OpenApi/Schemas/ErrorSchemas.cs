using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;

namespace Profiles.OpenApi.Schemas;

/// <summary>The forms of errors, with the details that services usually send.</summary>
internal static class ErrorSchemas
{
    public const string StatusName = "google.rpc.Status";
    public const string DetailName = "google.rpc.Status.Detail";
    public const string ProblemName = "rfc9457.Problem";

    public static bool IsStatus(MessageDescriptor message) => message.FullName == StatusName;

    public static JsonObject Status(JsonObject detail) => new()
    {
        ["type"] = "object",
        ["description"] = "What went wrong.",
        ["properties"] = new JsonObject
        {
            ["code"] = Integer("The number of the gRPC code, for instance 3 for INVALID_ARGUMENT."),
            ["message"] = Text("What went wrong, for people."),
            ["details"] = List(detail, "What went wrong, for programs."),
        },
    };

    public static JsonObject Problem(JsonObject detail) => new()
    {
        ["type"] = "object",
        ["description"] = "What went wrong, as a problem document (RFC 9457).",
        ["properties"] = new JsonObject
        {
            ["title"] = Text("The name of the HTTP status."),
            ["status"] = Integer("The HTTP status."),
            ["detail"] = Text("What went wrong, for people."),
            ["code"] = Text("The name of the gRPC code, for instance `INVALID_ARGUMENT`."),
            ["reason"] = Text("The stable name of the error."),
            ["domain"] = Text("Whose name that is."),
            ["errors"] = List(Violation("detail"), "The fields that break a rule."),
            ["details"] = List(detail, "What went wrong, for programs."),
        },
        ["required"] = new JsonArray("title", "status", "detail", "code"),
    };

    /// <summary>One schema for all details: which properties are there follows from <c>@type</c>.</summary>
    public static JsonObject Detail(SchemaForm form) => new()
    {
        ["type"] = "object",
        ["description"] =
            "A detail of an error: the message that `@type` names. Usual ones are google.rpc.ErrorInfo (`reason`, `domain`, `metadata`), "
            + "google.rpc.BadRequest (the fields that break a rule) and google.rpc.RetryInfo (when to try again).",
        ["properties"] = new JsonObject
        {
            ["@type"] = Text("The type, for instance `type.googleapis.com/google.rpc.ErrorInfo`."),
            ["reason"] = Text("The stable name of the error."),
            ["domain"] = Text("Whose name that is."),
            ["metadata"] = new JsonObject { ["type"] = "object", ["additionalProperties"] = new JsonObject { ["type"] = "string" } },
            [form.ProtoNames ? "field_violations" : "fieldViolations"] = List(Violation("description"), "The fields that break a rule."),
            [form.ProtoNames ? "retry_delay" : "retryDelay"] = Text("How long to wait, for instance `1.5s`."),
        },
        ["required"] = new JsonArray("@type"),
        ["additionalProperties"] = true,
    };

    private static JsonObject Violation(string rule) => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject
        {
            ["field"] = Text("The path of the field, in the names of the contract."),
            [rule] = Text("The rule."),
        },
    };

    private static JsonObject Text(string description) => new() { ["type"] = "string", ["description"] = description };

    private static JsonObject Integer(string description) =>
        new() { ["type"] = "integer", ["format"] = "int32", ["description"] = description };

    private static JsonObject List(JsonObject items, string description) =>
        new() { ["type"] = "array", ["items"] = items, ["description"] = description };
}
