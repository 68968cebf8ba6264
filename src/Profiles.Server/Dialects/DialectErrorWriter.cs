using System.Buffers;
using System.Net.Mime;
using System.Text.Encodings.Web;
using System.Text.Json;
using Profiles.Transcoding;

namespace Profiles.Server.Dialects;

/// <summary>Writes the errors of a dialect over REST: status and JSON.</summary>
internal abstract class DialectErrorWriter : ITranscodingErrorWriter
{
    private const int UsualLength = 512;

    // The answer is JSON and says so; texts stand in it as they are.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What the answer says of itself.</summary>
    protected virtual string ContentType => MediaTypeNames.Application.Json;

    /// <inheritdoc/>
    public async Task WriteAsync(TranscodingErrorContext context)
    {
        var error = DialectError.Of(context);
        var body = new ArrayBufferWriter<byte>(UsualLength);
        await using (var json = new Utf8JsonWriter(body, Options))
            Write(json, error);

        var response = context.HttpContext.Response;
        response.StatusCode = StatusOf(error);
        response.ContentType = ContentType;
        response.ContentLength = body.WrittenCount;
        if (context.HttpContext.Request.Method != HttpMethods.Head)
            await response.Body.WriteAsync(body.WrittenMemory);
    }

    /// <summary>The HTTP status of an error; the usual one unless the dialect has another.</summary>
    protected virtual int StatusOf(DialectError error) => error.HttpStatus;

    /// <summary>Writes the body.</summary>
    protected abstract void Write(Utf8JsonWriter json, DialectError error);
}
