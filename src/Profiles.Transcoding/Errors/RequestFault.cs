using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Profiles.Transcoding.Json;

namespace Profiles.Transcoding.Errors;

/// <summary>A request that cannot become a call. Its text is for the sender.</summary>
internal sealed class RequestFault : Exception
{
    private RequestFault(StatusCode code, int? httpStatusCode, string message, string? field = null, string? rule = null)
        : base(message)
    {
        HttpStatusCode = httpStatusCode;
        Status = new Google.Rpc.Status { Code = (int)code, Message = message };
        if (rule is null) return;

        var violation = new BadRequest.Types.FieldViolation { Field = field, Description = rule };
        Status.Details.Add(Any.Pack(new BadRequest { FieldViolations = { violation } }));
    }

    public Google.Rpc.Status Status { get; }

    /// <summary>The HTTP status where the one of the code would not do.</summary>
    public int? HttpStatusCode { get; }

    public static RequestFault Field(string field, string rule) =>
        new(StatusCode.InvalidArgument, null, field.Length == 0 ? $"The request {rule}." : $"{field}: {rule}.", field, rule);

    public static RequestFault Body(ProtoJsonException error, string prefix)
    {
        var path = Join(prefix, error.Path);
        var what = path.Length == 0 ? "The request body" : path + ":";
        var message = $"{what} {error.Rule} (line {error.Line}, byte {error.Column}).";
        return new(StatusCode.InvalidArgument, null, message, path, error.Rule);
    }

    private static string Join(string prefix, string path)
    {
        if (prefix.Length == 0 || path is ['[', ..]) return prefix + path;
        return path.Length == 0 ? prefix : prefix + "." + path;
    }

    public static RequestFault Invalid(string message) => new(StatusCode.InvalidArgument, null, message);

    public static RequestFault TooLarge(long limit) =>
        new(StatusCode.ResourceExhausted, 413, $"The request body is larger than {limit} bytes.");

    // Not 429, which the code stands for elsewhere: trying again would not help.
    public static RequestFault ResponseTooLarge() =>
        new(StatusCode.ResourceExhausted, 500, "The response is larger than this service may send.");

    public static RequestFault MediaType() =>
        new(StatusCode.InvalidArgument, 415, "The request body must be application/json in UTF-8, without content encoding.");

    public static RequestFault NotFound() => new(StatusCode.NotFound, null, "There is nothing at this path.");

    public static RequestFault MethodNotAllowed(string allow) =>
        new(StatusCode.Unimplemented, 405, $"This path does not know the method; it knows {allow}.");
}

/// <summary>The connection broke while the request was read: nobody is left to answer.</summary>
internal sealed class ClientGoneException(Exception inner) : Exception(inner.Message, inner);
