using Google.Protobuf.Reflection;
using Microsoft.AspNetCore.Http;
using Profiles.Transcoding.Routing;

namespace Profiles.Transcoding;

/// <summary>
/// How the REST endpoints of gRPC services behave. Set for all services by <c>AddJsonTranscoding</c>, and then for one
/// service by <c>AddServiceTranscodingOptions</c>. Read once, when the service is mapped.
/// </summary>
public sealed class JsonTranscodingOptions
{
    /// <summary>
    /// What stands before every path of the service, for instance <c>/api/v1</c>: literals, each after a slash. Default: nothing.
    /// The gRPC paths stay as they are.
    /// </summary>
    public string PathPrefix { get; set; } = "";

    /// <summary>
    /// Whether a slash at the end of a path is as good as none. Default <see langword="false"/>: 404. The rest that a <c>**</c>
    /// takes loses it too.
    /// </summary>
    public bool IgnoreTrailingSlash { get; set; }

    /// <summary>
    /// Whether a JSON property or form field that names no field is skipped. Default <see langword="false"/>: it is refused with
    /// 400, with the nearest name suggested, so that a misspelt name is never lost in silence.
    /// </summary>
    public bool IgnoreUnknownFields { get; set; }

    /// <summary>Whether a query parameter that names no field is skipped. Default <see langword="false"/>: refused with 400.</summary>
    public bool IgnoreUnknownQueryParameters { get; set; }

    /// <summary>
    /// Names of query parameters that are nobody's field and pass unread, for instance one that a gateway adds. Compared
    /// letter for letter. Default: none.
    /// </summary>
    public ISet<string> IgnoredQueryParameters { get; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>
    /// Whether fields without presence are written also when they have their default value. Default <see langword="false"/>,
    /// as ProtoJSON says: smaller answers, but a reader must know the defaults.
    /// </summary>
    public bool WriteDefaultValues { get; set; }

    /// <summary>Whether names are written as in the .proto file. Default <see langword="false"/>: lowerCamelCase. Both are read always.</summary>
    public bool UseProtoFieldNames { get; set; }

    /// <summary>Whether enums are written as numbers. Default <see langword="false"/>: as names. Both are read always.</summary>
    public bool WriteEnumsAsNumbers { get; set; }

    /// <summary>
    /// The <c>content-type</c> of answers in JSON, for clients that want a parameter beside it. Default <c>application/json</c>,
    /// which is in UTF-8 always. An <see cref="ErrorWriter"/> chooses its own.
    /// </summary>
    public string JsonContentType { get; set; } = "application/json";

    /// <summary>How many JSON objects and arrays may be nested in a request. Default 64; 1 to 100. More: 400.</summary>
    public int MaxDepth { get; set; } = 64;

    /// <summary>How many JSON properties and array elements a request may have in all. Default 100,000. More: 400.</summary>
    public int MaxElements { get; set; } = 100_000;

    /// <summary>How many query parameters a request may have. Default 1,000. More: 400.</summary>
    public int MaxQueryParameters { get; set; } = 1_000;

    /// <summary>
    /// The largest request body, in bytes. Default <see langword="null"/>: the gRPC service's own <c>MaxReceiveMessageSize</c>
    /// (4 MiB unless set). More: 413. The server's own limit on bodies applies too.
    /// </summary>
    public int? MaxRequestBodySize { get; set; }

    /// <summary>
    /// Whether a method whose rule names a body has to be sent one. Default <see langword="false"/>: no body, or <c>null</c>, is an
    /// empty one. True: 400, where nothing must be done because something was lost on the way.
    /// </summary>
    public bool RequireBody { get; set; }

    /// <summary>
    /// Whether bodies may be HTML forms, <c>application/x-www-form-urlencoded</c> and <c>multipart/form-data</c>. Default
    /// <see langword="true"/>. A service whose callers are known by cookies should say no: any page can send a form.
    /// </summary>
    public bool AcceptForms { get; set; } = true;

    /// <summary>
    /// The field, by its JSON or proto name, that a file of a form is for when the file's own name is that of no field. Default
    /// <see langword="null"/>: such a file is a form field that is unknown.
    /// </summary>
    public string? FileField { get; set; }

    /// <summary>How many fields or parts a form may have. Default 1,000. More: 400.</summary>
    public int MaxFormParts { get; set; } = 1_000;

    /// <summary>
    /// The most bytes that the headers of a request may have. Default <see langword="null"/>: the server's own limit (32 KiB in
    /// Kestrel), which is answered without a body. More: 431, in the form of all errors.
    /// </summary>
    public int? MaxRequestHeadersSize { get; set; }

    /// <summary>
    /// Whether a response of type google.protobuf.Empty is answered with 204 and no body. Default <see langword="false"/>: 200 and
    /// <c>{}</c>.
    /// </summary>
    public bool NoContentForEmpty { get; set; }

    /// <summary>
    /// How long a stream of server-sent events may be silent before a comment is sent, so that proxies keep the connection.
    /// Default 15 seconds; from 10 milliseconds on.
    /// </summary>
    public TimeSpan EventHeartbeat { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// The domain of the ErrorInfo that errors of the transcoder itself carry, for instance a service's name. Default
    /// <see langword="null"/>: they carry none.
    /// </summary>
    public string? ErrorDomain { get; set; }

    /// <summary>
    /// Files whose messages may stand in a <c>google.protobuf.Any</c>. The service's own file with all it imports, and the
    /// error details of google.rpc, are known always. Any other type: 400 in a request, 500 in a response.
    /// </summary>
    public IList<FileDescriptor> TypeFiles { get; } = [];

    /// <summary>
    /// Writes error answers: body, headers and HTTP status. Default <see langword="null"/>: a google.rpc.Status in JSON, or a
    /// problem document (RFC 9457) where the caller asks for one.
    /// </summary>
    public ITranscodingErrorWriter? ErrorWriter { get; set; }

    /// <summary>
    /// Chooses the HTTP status of an error, or <see langword="null"/> to leave it to the map of google/rpc/code.proto. Called
    /// once an error, also for errors found before the method was called. Must not throw.
    /// </summary>
    public Func<HttpContext, Google.Rpc.Status, int?>? HttpStatusMapper { get; set; }

    internal void Validate()
    {
        if (MaxDepth is < 1 or > 100) throw new InvalidOperationException($"{nameof(MaxDepth)} must be from 1 to 100, not {MaxDepth}.");
        ThrowUnlessPositive(MaxElements, nameof(MaxElements));
        ThrowUnlessPositive(MaxQueryParameters, nameof(MaxQueryParameters));
        ThrowUnlessPositive(MaxFormParts, nameof(MaxFormParts));
        ThrowUnlessPositive(MaxRequestBodySize ?? 1, nameof(MaxRequestBodySize));
        ThrowUnlessPositive(MaxRequestHeadersSize ?? 1, nameof(MaxRequestHeadersSize));
        if (PathPrefix.Length > 0 && !IsLiteral(PathPrefix)) throw new InvalidOperationException($"{nameof(PathPrefix)} must be literals, each after a slash, not \"{PathPrefix}\".");
        if (EventHeartbeat < TimeSpan.FromMilliseconds(10)) throw new InvalidOperationException($"{nameof(EventHeartbeat)} must be 10 ms at least.");
    }

    private static bool IsLiteral(string path)
    {
        try
        {
            var template = TemplateParser.Parse(path);
            return template.Verb is null && Array.TrueForAll(template.Segments, segment => segment.Kind == SegmentKind.Literal);
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static void ThrowUnlessPositive(int value, string name)
    {
        if (value < 1) throw new InvalidOperationException($"{name} must be positive, not {value}.");
    }
}
