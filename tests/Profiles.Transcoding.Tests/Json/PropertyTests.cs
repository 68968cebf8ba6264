using System.Text;
using FsCheck.Fluent;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Profiles.Transcoding.Json;
using Profiles.Transcoding.Tests.Support;
using Profiles.Transcoding.Tests.V1;

namespace Profiles.Transcoding.Tests.Json;

/// <summary>What holds for every message: it survives the way to JSON and back, and Google's own code agrees.</summary>
public class PropertyTests
{
    private static readonly TypeRegistry s_types = TypeRegistry.FromFiles(EveryKindReflection.Descriptor);
    private static readonly JsonFormatter s_formatter = new(JsonFormatter.Settings.Default.WithTypeRegistry(s_types));
    private static readonly JsonParser s_parser = new(JsonParser.Settings.Default.WithTypeRegistry(s_types));

    private static readonly ProtoJsonOptions[] s_options =
    [
        new() { TypeRegistry = s_types },
        new() { TypeRegistry = s_types, WriteDefaultValues = true, UseProtoFieldNames = true, WriteEnumsAsNumbers = true },
    ];

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public FsCheck.Property A_message_survives_the_way_to_JSON_and_back() => Prop.ForAll(MessageGenerator.Messages<EveryKind>(), message =>
    {
        foreach (var options in s_options)
        {
            var json = new ProtoJson(options);
            Assert.That(json.Read<EveryKind>(json.Text(message)), Is.EqualTo(message));
        }
    });

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public FsCheck.Property Google_reads_what_we_write() => Prop.ForAll(MessageGenerator.Messages<EveryKind>(), message =>
    {
        foreach (var options in s_options)
            Assert.That(s_parser.Parse<EveryKind>(new ProtoJson(options).Text(message)), Is.EqualTo(message));
    });

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public FsCheck.Property We_read_what_Google_writes() => Prop.ForAll(MessageGenerator.Messages<EveryKind>(), message =>
        Assert.That(new ProtoJson(s_options[0]).Read<EveryKind>(s_formatter.Format(message)), Is.EqualTo(message)));

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public FsCheck.Property A_text_survives_the_way_to_a_message_and_back() => Prop.ForAll(MessageGenerator.Messages<EveryKind>(), message =>
    {
        foreach (var options in s_options)
        {
            var json = new ProtoJson(options);
            var text = json.Text(message);
            Assert.That(json.Text(json.Read<EveryKind>(text)), Is.EqualTo(text));
            Assert.That(json.Text(json.Read<EveryKind>(OddSpelling.Of(text))), Is.EqualTo(text), "white space and escapes mean nothing");
        }
    });

    [FsCheck.NUnit.Property(MaxTest = 1000)]
    public FsCheck.Property A_damaged_text_is_read_or_refused_and_never_worse() =>
        Prop.ForAll(MessageGenerator.Messages<EveryKind>(), ArbMap.Default.ArbFor<(ushort At, byte With, bool Cut)>(), (message, damage) =>
        {
            var json = new ProtoJson(s_options[0]);
            var text = Encoding.UTF8.GetBytes(json.Text(message));
            var at = damage.At % text.Length;
            if (damage.Cut) text = text[..at];
            else text[at] = damage.With;
            try
            {
                json.Read<EveryKind>(text);
            }
            catch (ProtoJsonException error)
            {
                Assert.That(error.Line, Is.Positive);
            }
        });
}
