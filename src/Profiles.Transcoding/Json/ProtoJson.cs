using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Profiles.Transcoding.Json.Fields;

namespace Profiles.Transcoding.Json;

/// <summary>
/// Reads and writes Protobuf messages in their JSON form (ProtoJSON), without reflection after the first use of a type.
/// Safe to share among threads.
/// </summary>
/// <param name="options">How to read and write.</param>
public sealed class ProtoJson(ProtoJsonOptions options)
{
    /// <summary>The settings in force.</summary>
    public ProtoJsonOptions Options { get; } = options;

    /// <summary>Writes the message as UTF-8.</summary>
    /// <param name="message">The message; its class must be a generated one.</param>
    /// <param name="output">Where the bytes go.</param>
    /// <exception cref="InvalidOperationException">
    /// The message has no JSON form: a time out of range, an Any of unknown type, a mask path that is not snake_case, or more
    /// than 100 levels of nesting. What was written until then must be thrown away.
    /// </exception>
    public void Write(IMessage message, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(output);

        var writer = new ProtoJsonWriter(output, Options);
        MessageCodecs.Find(message.Descriptor).Write(ref writer, message);
        writer.Flush();
    }

    /// <summary>Writes the value of one field, also where it is unset.</summary>
    internal void WriteField(IMessage message, JsonField field, IBufferWriter<byte> output)
    {
        var writer = new ProtoJsonWriter(output, Options);
        field.WriteValue(ref writer, message);
        writer.Flush();
    }

    /// <summary>Reads one message that fills the whole text.</summary>
    /// <typeparam name="TMessage">A generated message class.</typeparam>
    /// <param name="utf8Json">The text. A byte order mark is not allowed.</param>
    /// <returns>The message.</returns>
    /// <exception cref="ProtoJsonException">The text is no JSON form of the message, or over a limit.</exception>
    public TMessage Read<TMessage>(ReadOnlySpan<byte> utf8Json)
        where TMessage : IMessage, new()
    {
        var codec = Root<TMessage>.Codec;
        var reader = new ProtoJsonReader(utf8Json, Options);
        try
        {
            Begin(ref reader, utf8Json);
            var message = codec.Read(ref reader);
            End(ref reader);
            return (TMessage)message;
        }
        catch (Exception fault) when (fault is JsonFault or JsonException)
        {
            throw FaultLocator.Locate(fault, utf8Json, Options, Root<TMessage>.Descriptor);
        }
    }

    /// <summary>Reads the whole text into the message, noting and refusing as the request asks.</summary>
    internal void ReadInto(ReadOnlySpan<byte> utf8Json, IMessage message, PlainMessageCodec codec, ReadContext context)
    {
        var reader = new ProtoJsonReader(utf8Json, Options) { Mask = context.Mask, Bound = context.Bound };
        try
        {
            Begin(ref reader, utf8Json);
            codec.ReadInto(ref reader, message);
            End(ref reader);
        }
        catch (Exception fault) when (fault is JsonFault or JsonException)
        {
            throw FaultLocator.Locate(fault, utf8Json, Options, message.Descriptor);
        }
    }

    /// <summary>Reads the whole text into one field of the message, noting it under the path; null leaves it unset.</summary>
    internal void ReadField(ReadOnlySpan<byte> utf8Json, IMessage message, JsonField field, string path, ReadContext context)
    {
        var reader = new ProtoJsonReader(utf8Json, Options) { Mask = context.Mask, Bound = context.Bound };
        try
        {
            Begin(ref reader, utf8Json);
            ObservedReader.ReadValue(ref reader, message, field, path);
            End(ref reader);
        }
        catch (Exception fault) when (fault is JsonFault or JsonException)
        {
            throw FaultLocator.Locate(fault, utf8Json, Options, field.Descriptor);
        }
    }

    /// <summary>Whether the whole text is <c>null</c>.</summary>
    internal static bool IsNull(ReadOnlySpan<byte> utf8Json) => utf8Json.Trim(" \t\r\n"u8).SequenceEqual("null"u8);

    private static void Begin(ref ProtoJsonReader reader, ReadOnlySpan<byte> utf8Json)
    {
        if (!Utf8.IsValid(utf8Json)) throw new JsonFault(Rules.Unicode, FaultLocator.FirstBrokenByte(utf8Json));
        if (!reader.Json.Read()) throw new JsonFault(Rules.Json, 0);
    }

    private static void End(ref ProtoJsonReader reader)
    {
        if (reader.Json.Read()) throw reader.Fail(Rules.Json);
    }

    /// <summary>What is known of a message class once and for all.</summary>
    private static class Root<TMessage>
        where TMessage : IMessage, new()
    {
        public static readonly MessageDescriptor Descriptor = new TMessage().Descriptor;
        public static readonly MessageCodec Codec = MessageCodecs.Find(Descriptor);
    }
}

/// <summary>What the reading of a request body notes, and what it refuses.</summary>
internal readonly record struct ReadContext(MaskRecorder? Mask, Binding.BoundFields? Bound);
