using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Profiles.Transcoding.Json.Codecs;
using Profiles.Transcoding.Json.Fields;

namespace Profiles.Transcoding.Json.WellKnown;

/// <summary>
/// A message of a type that <c>@type</c> names: its own properties beside <c>@type</c>, or a <c>value</c> where its JSON
/// form is not an object of its fields.
/// </summary>
internal sealed class AnyCodec : ValueCodec<Any>
{
    // Each level is a copy of all that is inside it.
    private const int MaxNested = 8;

    public override string Rule => Rules.Object;

    public override bool TryRead(ref ProtoJsonReader reader, out Any value)
    {
        value = new Any();
        if (reader.Json.TokenType != JsonTokenType.StartObject) throw reader.Fail(Rule);
        if (FindType(ref reader) is not { } url) return IsEmpty(ref reader) ? true : throw reader.Fail(Rules.AnyType);

        var codec = MessageCodecs.Find(Resolve(ref reader, url));
        if (++reader.AnyDepth > MaxNested) throw reader.Fail($"has more than {MaxNested} Any inside each other");
        var content = codec.IsPlain ? codec.ReadBeside(ref reader) : ReadValue(ref reader, codec);
        reader.AnyDepth--;
        value.TypeUrl = url;
        value.Value = content.ToByteString();
        return true;
    }

    public override void Write(ref ProtoJsonWriter writer, Any value)
    {
        writer.StartObject();
        if (value.TypeUrl.Length > 0) WriteContent(ref writer, value);
        writer.EndObject();
    }

    private static void WriteContent(ref ProtoJsonWriter writer, Any value)
    {
        var descriptor = writer.Options.TypeRegistry.Find(Any.GetTypeName(value.TypeUrl))
            ?? throw new InvalidOperationException("An Any holds a type that the registry does not know.");
        var codec = MessageCodecs.Find(descriptor);
        var content = descriptor.Parser.ParseFrom(value.Value);
        writer.WriteName("\"@type\":"u8);
        writer.WriteText(value.TypeUrl);
        if (codec.IsPlain)
        {
            codec.WriteFields(ref writer, content);
            return;
        }

        writer.WriteName("\"value\":"u8);
        codec.Write(ref writer, content);
    }

    /// <summary>The type may follow the fields that need it: it is sought by a copy of the reader.</summary>
    private static string? FindType(ref ProtoJsonReader reader)
    {
        var ahead = reader;
        while (ahead.ReadProperty())
        {
            var found = ahead.TextEquals("@type"u8);
            ahead.Json.Read();
            if (found)
            {
                reader.Charge(ahead);
                return ahead.Json.TokenType == JsonTokenType.String ? ahead.ReadString() : throw ahead.Fail(Rules.AnyType);
            }

            ahead.Skip();
        }

        return null;
    }

    private static bool IsEmpty(ref ProtoJsonReader reader)
    {
        var ahead = reader;
        if (ahead.ReadProperty()) return false;
        reader.Json.Read();
        return true;
    }

    private static MessageDescriptor Resolve(ref ProtoJsonReader reader, string url)
    {
        var slash = url.LastIndexOf('/');
        if (slash < 1 || slash == url.Length - 1) throw reader.Fail(Rules.AnyType);
        return reader.Options.TypeRegistry.Find(url[(slash + 1)..]) ?? throw reader.Fail(Rules.AnyUnknown);
    }

    private static IMessage ReadValue(ref ProtoJsonReader reader, MessageCodec codec)
    {
        IMessage? content = null;
        var typed = false;
        while (reader.ReadProperty())
        {
            if (reader.TextEquals("@type"u8) && !typed)
            {
                typed = true;
                reader.Json.Read();
            }
            else if (reader.TextEquals("value"u8) && content is null)
            {
                reader.Json.Read();
                content = codec.Read(ref reader);
            }
            else if (reader.Options.IgnoreUnknownFields && !reader.TextEquals("@type"u8) && !reader.TextEquals("value"u8))
            {
                reader.Json.Read();
                reader.Skip();
            }
            else
            {
                throw reader.Fail(Rules.AnyValue);
            }
        }

        return content ?? throw reader.Fail(Rules.AnyValue);
    }
}
