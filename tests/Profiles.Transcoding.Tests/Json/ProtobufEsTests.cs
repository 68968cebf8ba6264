using System.Text.Json.Nodes;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Profiles.Transcoding.Json;
using Profiles.Transcoding.Tests.Support;
using Profiles.Transcoding.Tests.V1;

namespace Profiles.Transcoding.Tests.Json;

/// <summary>An implementation of other makers, @bufbuild/protobuf, reads what we write and writes what we read.</summary>
public class ProtobufEsTests
{
    private const int Messages = 300;

    private static readonly ProtoJsonOptions s_options = new() { TypeRegistry = TypeRegistry.FromFiles(EveryKindReflection.Descriptor) };

    private static readonly ProtoJson s_json = new(s_options);

    [Test]
    public async Task Generated_messages_keep_their_meaning_both_ways()
    {
        var messages = Enumerable.Range(0, Messages).Select(MessageGenerator.Create<EveryKind>).ToArray();
        Assert.That(FieldsIn(messages), Is.EquivalentTo(FieldsOf(EveryKind.Descriptor, [])), "every field of every kind is tried");

        var writers = new[] { s_json, new ProtoJson(s_options with { WriteDefaultValues = true, UseProtoFieldNames = true, WriteEnumsAsNumbers = true }) };
        foreach (var ours in writers)
        {
            var answers = await AskAsync(messages, ours);
            for (var i = 0; i < messages.Length; i++)
            {
                var read = EveryKind.Parser.ParseFrom(ByteString.FromBase64(answers[i]!["binary"]!.GetValue<string>()));
                Assert.That(Plain(read), Is.EqualTo(messages[i]), $"what was read of message {i}: {ours.Text(messages[i])}");
                Assert.That(ours.Read<EveryKind>(answers[i]!["json"]!.GetValue<string>()), Is.EqualTo(messages[i]), $"what was written of message {i}");
            }
        }
    }

    private static async Task<JsonArray> AskAsync(EveryKind[] messages, ProtoJson ours)
    {
        var question = new JsonObject
        {
            ["descriptors"] = Descriptors().ToByteString().ToBase64(),
            ["type"] = EveryKind.Descriptor.FullName,
            ["messages"] = new JsonArray(
                [.. messages.Select(message => new JsonObject { ["binary"] = message.ToByteString().ToBase64(), ["json"] = ours.Text(message) })]),
        };
        var script = Path.Combine("tests", "Profiles.Transcoding.Tests", "Json", "protobuf-es.cjs");
        var (exitCode, output, error) = await Repository.RunAsync(question.ToJsonString(), "node", script);
        Assert.That(exitCode, Is.Zero, error);
        return JsonNode.Parse(output)!.AsArray();
    }

    // NaN has many bit patterns, and messages compare by bits; the JSON form has one.
    private static EveryKind Plain(EveryKind message) => s_json.Read<EveryKind>(s_json.Text(message));

    private static FileDescriptorSet Descriptors()
    {
        var set = new FileDescriptorSet();
        Add(EveryKindReflection.Descriptor, []);
        return set;

        void Add(FileDescriptor file, HashSet<string> seen)
        {
            if (!seen.Add(file.Name)) return;
            foreach (var dependency in file.Dependencies) Add(dependency, seen);
            var proto = FileDescriptorProto.Parser.ParseFrom(file.SerializedData);
            for (var i = 0; i < file.MessageTypes.Count; i++) SetJsonNames(file.MessageTypes[i], proto.MessageType[i]);
            set.File.Add(proto);
        }
    }

    // Generated code leaves them out.
    private static void SetJsonNames(MessageDescriptor type, DescriptorProto proto)
    {
        foreach (var field in proto.Field) field.JsonName = type.FindFieldByNumber(field.Number).JsonName;
        for (var i = 0; i < type.NestedTypes.Count; i++) SetJsonNames(type.NestedTypes[i], proto.NestedType[i]);
    }

    private static bool IsOurs(FieldDescriptor field) => field.File.Package == EveryKindReflection.Descriptor.Package;

    private static HashSet<string> FieldsOf(MessageDescriptor type, HashSet<string> names)
    {
        foreach (var field in type.Fields.InDeclarationOrder())
        {
            if (IsOurs(field) && names.Add(field.FullName) && field.FieldType == FieldType.Message && !field.IsMap)
                FieldsOf(field.MessageType, names);
        }

        return names;
    }

    private static HashSet<string> FieldsIn(IEnumerable<IMessage> messages)
    {
        var names = new HashSet<string>();
        foreach (var message in messages) Note(message);
        return names;

        void Note(IMessage message)
        {
            foreach (var field in message.Descriptor.Fields.InDeclarationOrder().Where(field => IsOurs(field)))
            {
                var value = field.Accessor.GetValue(message);
                var present = field.IsRepeated || field.IsMap ? ((System.Collections.ICollection)value).Count > 0
                    : field.HasPresence ? field.Accessor.HasValue(message)
                    : value is not (0 or 0L or 0u or 0ul or 0f or 0d or false or "") && !(value is ByteString { IsEmpty: true });
                if (present) names.Add(field.FullName);
                if (present && value is IMessage inner) Note(inner);
                if (present && value is System.Collections.IEnumerable list and not string and not ByteString && !field.IsMap)
                {
                    foreach (var item in list.OfType<IMessage>()) Note(item);
                }
            }
        }
    }
}
