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
    private static readonly TypeRegistry s_types = TypeRegistry.FromFiles(KindsReflection.Descriptor);
    private static readonly JsonFormatter s_formatter = new(JsonFormatter.Settings.Default.WithTypeRegistry(s_types));
    private static readonly JsonParser s_parser = new(JsonParser.Settings.Default.WithTypeRegistry(s_types));

    private static readonly ProtoJsonOptions[] s_options =
    [
        new() { TypeRegistry = s_types },
        new() { TypeRegistry = s_types, WriteDefaultValues = true, UseProtoFieldNames = true, WriteEnumsAsNumbers = true },
    ];

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public FsCheck.Property A_message_survives_the_way_to_JSON_and_back() => Prop.ForAll(MessageGenerator.Kinds(), message =>
    {
        foreach (var options in s_options)
        {
            var json = new ProtoJson(options);
            Assert.That(json.Read<Kinds>(json.Text(message)), Is.EqualTo(message));
        }
    });

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public FsCheck.Property Google_reads_what_we_write() => Prop.ForAll(MessageGenerator.Kinds(), message =>
    {
        foreach (var options in s_options)
            Assert.That(s_parser.Parse<Kinds>(new ProtoJson(options).Text(message)), Is.EqualTo(message));
    });

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public FsCheck.Property We_read_what_Google_writes() => Prop.ForAll(MessageGenerator.Kinds(), message =>
        Assert.That(new ProtoJson(s_options[0]).Read<Kinds>(s_formatter.Format(message)), Is.EqualTo(message)));

    [FsCheck.NUnit.Property(MaxTest = 1000)]
    public FsCheck.Property A_damaged_text_is_read_or_refused_and_never_worse() =>
        Prop.ForAll(MessageGenerator.Kinds(), ArbMap.Default.ArbFor<(ushort At, byte With, bool Cut)>(), (message, damage) =>
        {
            var json = new ProtoJson(s_options[0]);
            var text = Encoding.UTF8.GetBytes(json.Text(message));
            var at = damage.At % text.Length;
            if (damage.Cut) text = text[..at];
            else text[at] = damage.With;
            try
            {
                json.Read<Kinds>(text);
            }
            catch (ProtoJsonException error)
            {
                Assert.That(error.Line, Is.Positive);
            }
        });
}
