using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Profiles.Transcoding.Json;

/// <summary>The state of one writing. Instances are kept by the thread, so a response costs no writer.</summary>
internal sealed class ProtoJsonWriter
{
    // A deeper message could not be read back by a Protobuf parser either: its usual limit is 100.
    private const int MaxDepth = 100;

    private static readonly JsonWriterOptions WriterOptions = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
        MaxDepth = 4 * MaxDepth,
    };

    // A kept writer must not hold on to a caller's buffer.
    private static readonly ArrayBufferWriter<byte> s_nowhere = new();

    [ThreadStatic]
    private static ProtoJsonWriter? s_kept;

    private int _depth;

    private ProtoJsonWriter(IBufferWriter<byte> output) => Json = new Utf8JsonWriter(output, WriterOptions);

    public Utf8JsonWriter Json { get; }

    public ProtoJsonOptions Options { get; private set; } = ProtoJsonOptions.Default;

    public static ProtoJsonWriter Rent(IBufferWriter<byte> output, ProtoJsonOptions options)
    {
        var writer = s_kept;
        s_kept = null;
        if (writer is null) writer = new ProtoJsonWriter(output);
        else writer.Json.Reset(output);

        writer._depth = 0;
        writer.Options = options;
        return writer;
    }

    public void Return()
    {
        Json.Reset(s_nowhere);
        s_kept = this;
    }

    public void StartObject()
    {
        if (++_depth > MaxDepth) throw new InvalidOperationException($"The message is nested deeper than {MaxDepth}.");
        Json.WriteStartObject();
    }

    public void EndObject()
    {
        _depth--;
        Json.WriteEndObject();
    }

    public void StartArray()
    {
        if (++_depth > MaxDepth) throw new InvalidOperationException($"The message is nested deeper than {MaxDepth}.");
        Json.WriteStartArray();
    }

    public void EndArray()
    {
        _depth--;
        Json.WriteEndArray();
    }
}
