using System.Text;
using Google.Protobuf;
using Profiles.Transcoding.Json;
using Profiles.Transcoding.Tests.Support;
using Profiles.Transcoding.Tests.V1;

namespace Profiles.Transcoding.Tests.Json;

/// <summary>The one spelling that each value is written in.</summary>
public class ScalarWriteTests
{
    private static readonly ProtoJson s_json = new(ProtoJsonOptions.Default);

    private static readonly TestCaseData[] s_values =
    [
        new("int32Value", int.MinValue, "-2147483648"),
        new("int32Value", int.MaxValue, "2147483647"),
        new("sint32Value", -1, "-1"),
        new("sfixed32Value", int.MinValue, "-2147483648"),
        new("uint32Value", uint.MaxValue, "4294967295"),
        new("fixed32Value", uint.MaxValue, "4294967295"),
        new("int64Value", long.MinValue, "\"-9223372036854775808\""),
        new("int64Value", long.MaxValue, "\"9223372036854775807\""),
        new("sint64Value", -1L, "\"-1\""),
        new("sfixed64Value", long.MinValue, "\"-9223372036854775808\""),
        new("uint64Value", ulong.MaxValue, "\"18446744073709551615\""),
        new("fixed64Value", 1UL, "\"1\""),
        new("floatValue", 0.1f, "0.1"),
        new("floatValue", -0f, "-0"),
        new("floatValue", float.MaxValue, "3.4028235E+38"),
        new("floatValue", float.Epsilon, "1E-45"),
        new("floatValue", float.NaN, "\"NaN\""),
        new("floatValue", float.PositiveInfinity, "\"Infinity\""),
        new("doubleValue", 0.1, "0.1"),
        new("doubleValue", 1e16, "10000000000000000"),
        new("doubleValue", 1e17, "1E+17"),
        new("doubleValue", 123456789.0, "123456789"),
        new("doubleValue", -0.0, "-0"),
        new("doubleValue", double.MaxValue, "1.7976931348623157E+308"),
        new("doubleValue", double.Epsilon, "5E-324"),
        new("doubleValue", double.NegativeInfinity, "\"-Infinity\""),
        new("boolValue", true, "true"),
        new("colour", Colour.Red, "\"COLOUR_RED\""),
        new("colour", Colour.Negative, "\"COLOUR_NEGATIVE\""),
        new("colour", (Colour)77, "77"),
        new("colour", (Colour)(-77), "-77"),
        new("alias", Alias.First, "\"ALIAS_FIRST\""),
        new("bytesValue", ByteString.CopyFrom(0xfb, 0xff), "\"+/8=\""),
        new("bytesValue", ByteString.CopyFrom(new byte[3000]), "\"" + new string('A', 4000) + "\""),
    ];

    [TestCaseSource(nameof(s_values))]
    public void Writes(string field, object value, string json)
    {
        var message = new Scalars();
        Scalars.Descriptor.Fields.InDeclarationOrder().Single(known => known.JsonName == field).Accessor.SetValue(message, value);
        Assert.That(s_json.Text(message), Is.EqualTo($$"""{"{{field}}":{{json}}}"""));
    }

    [TestCase("plain", "plain")]
    [TestCase("\"\\/", "\\\"\\\\/")]
    [TestCase("\b\t\n\f\r", "\\b\\t\\n\\f\\r")]
    [TestCase("\0\u0001\u001f\u007f", "\\u0000\\u0001\\u001f\\u007f")]
    [TestCase("<a href='x'>&", "<a href='x'>&")]
    [TestCase("äß€\u2028\ufeff😀", "äß€\u2028\ufeff😀")]
    [TestCase("\"ä\"😀\n", "\\\"ä\\\"😀\\n")]
    public void Escapes_text(string text, string written) =>
        Assert.That(s_json.Text(new Scalars { StringValue = text }), Is.EqualTo($$"""{"stringValue":"{{written}}"}"""));

    // Attributes cannot hold such text.
    [Test]
    public void A_surrogate_without_its_partner_is_replaced()
    {
        Assert.That(s_json.Text(new Scalars { StringValue = "a\ud800b" }), Is.EqualTo("{\"stringValue\":\"a\ufffdb\"}"));
        Assert.That(s_json.Text(new Scalars { StringValue = "\udc00\"" }), Is.EqualTo("{\"stringValue\":\"\ufffd\\\"\"}"));
        Assert.That(s_json.Text(new Scalars { StringValue = "\n\ud83d" }), Is.EqualTo("{\"stringValue\":\"\\n\ufffd\"}"));
    }

    [TestCase("x")]
    [TestCase("€")]
    [TestCase("😀")]
    [TestCase("\n")]
    [TestCase("ä\"")]
    public void Long_text_is_whole_wherever_a_block_ends(string part)
    {
        for (var before = 0; before < 4; before++)
        {
            var message = new Scalars { StringValue = new string('a', before) + new StringBuilder().Insert(0, part, 2000) };
            Assert.That(s_json.Read<Scalars>(s_json.Text(message)), Is.EqualTo(message));
        }
    }

    [Test]
    public void A_name_may_need_escapes_too() =>
        Assert.That(
            s_json.Text(new Maps { Strings = { ["\"\n😀"] = "x" }, Bools = { [false] = true }, Uint64S = { [ulong.MaxValue] = 1 } }),
            Is.EqualTo("""{"strings":{"\"\n😀":"x"},"uint64s":{"18446744073709551615":"1"},"bools":{"false":true}}"""));
}
