using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Profiles.Transcoding.Json;

namespace Profiles.Transcoding.Errors;

/// <summary>A request that cannot become a call. Its text is for the sender.</summary>
internal sealed class RequestFault : Exception
{
    private readonly int? _httpStatusCode;
    private readonly string _reason;

    private RequestFault(
        StatusCode code, int? httpStatusCode, string reason, string message, string? field = null, string? rule = null)
        : base(message)
    {
        _httpStatusCode = httpStatusCode;
        _reason = reason;
        Status = new Google.Rpc.Status { Code = (int)code, Message = message };
        if (rule is null) return;

        var violation = new BadRequest.Types.FieldViolation { Field = field, Description = rule };
        Status.Details.Add(Any.Pack(new BadRequest { FieldViolations = { violation } }));
    }

    public Google.Rpc.Status Status { get; }

    public int HttpStatusCode => _httpStatusCode ?? HttpStatusMap.Of(Status.Code);

    public CallError ToError(Metadata trailers) => new(Status, _httpStatusCode, trailers) { Reason = _reason };

    public static RequestFault Field(string field, string rule) =>
        new(StatusCode.InvalidArgument, null, "FIELD_INVALID", Sentence(field.Length == 0 ? $"The request {rule}" : $"{field}: {rule}"), field, rule);

    public static RequestFault Body(ProtoJsonException error, string prefix)
    {
        var path = Join(prefix, error.Path);
        var what = path.Length == 0 ? "The request body" : path + ":";
        var message = $"{what} {error.Rule} (line {error.Line}, byte {error.Column}).";
        return new(StatusCode.InvalidArgument, null, "BODY_INVALID", message, path, error.Rule);
    }

    // A rule may be a question: did you mean …?
    private static string Sentence(string text) => text.EndsWith('?') ? text : text + ".";

    private static string Join(string prefix, string path)
    {
        if (prefix.Length == 0 || path is ['[', ..]) return prefix + path;
        return path.Length == 0 ? prefix : prefix + "." + path;
    }

    public static RequestFault Invalid(string message) => new(StatusCode.InvalidArgument, null, "REQUEST_INVALID", message);

    public static RequestFault TooLarge(long limit) =>
        new(StatusCode.ResourceExhausted, 413, "BODY_TOO_LARGE", $"The request body is larger than {limit} bytes.");

    public static RequestFault TooSlow() =>
        new(StatusCode.DeadlineExceeded, 408, "BODY_TOO_SLOW", "The request body came too slowly.");

    // Not 429, which the code stands for elsewhere: trying again would not help.
    public static RequestFault ResponseTooLarge() =>
        new(StatusCode.ResourceExhausted, 500, "RESPONSE_TOO_LARGE", "The response is larger than this service may send.");

    public static RequestFault MediaType(string rule) =>
        new(StatusCode.InvalidArgument, 415, "MEDIA_TYPE_UNSUPPORTED", $"The request body {rule}.");

    public static RequestFault NotFound() => new(StatusCode.NotFound, null, "PATH_NOT_FOUND", "There is nothing at this path.");

    public static RequestFault MethodNotAllowed(string allow) =>
        new(StatusCode.Unimplemented, 405, "METHOD_NOT_ALLOWED", $"This path does not know the method; it knows {allow}.");

    public static RequestFault NotAcceptable(string types) =>
        new(StatusCode.InvalidArgument, 406, "NOT_ACCEPTABLE", $"The answer is {types}, which the header Accept does not take.");

    public static RequestFault HeadersTooLarge(int limit) =>
        new(StatusCode.ResourceExhausted, 431, "HEADERS_TOO_LARGE", $"The request headers are larger than {limit} bytes.");
}

/// <summary>The connection broke while the request was read: nobody is left to answer.</summary>
internal sealed class ClientGoneException(Exception inner) : Exception(inner.Message, inner);
