using System.Text;
using Google.Protobuf.Reflection;
using Profiles.Transcoding.Json;
using Profiles.Transcoding.Tests.Support;
using Profiles.Transcoding.Tests.V1;

namespace Profiles.Transcoding.Tests.Json;

/// <summary>Names, nulls, duplicates, oneofs, lists, maps, and where a fault is said to be.</summary>
public class StructureTests
{
    private static readonly ProtoJson s_json = new(ProtoJsonOptions.Default);

    [TestCase("""{"scalars":{"int32Value":1}}""")]
    [TestCase("""{"scalars":{"floatValue":-0,"doubleValue":-0}}""", Description = "minus zero is not the default")]
    [TestCase("""{"optionals":{"int32Value":0,"int64Value":"0","doubleValue":0,"boolValue":false,"stringValue":"","bytesValue":""}}""")]
    [TestCase("""{"optionals":{"colour":"COLOUR_UNSPECIFIED"}}""")]
    [TestCase("""{"lists":{"int32Values":[1,2],"int64Values":["1"],"stringValues":["","a"],"colours":["COLOUR_RED",9]}}""")]
    [TestCase("""{"lists":{"messages":[{},{"int32Value":1}],"timestamps":["1970-01-01T00:00:00Z"],"wrappers":[0,1]}}""")]
    [TestCase("""{"lists":{"values":[null,1],"stringWrappers":["",""]}}""")]
    [TestCase("""{"maps":{"strings":{"":"x","a b":"y"},"int32s":{"-1":2},"int64s":{"5":"6"},"bools":{"true":false,"false":true}}}""")]
    [TestCase("""{"maps":{"messages":{"a":{}},"values":{"a":null},"durations":{"a":"1s"},"wrappers":{"a":"0"}}}""")]
    [TestCase("""{"choice":{"number":0}}""")]
    [TestCase("""{"choice":{"text":"","beside":"x"}}""")]
    [TestCase("""{"choice":{"message":{}}}""")]
    [TestCase("""{"choice":{"nothing":null}}""")]
    [TestCase("""{"choice":{"value":null}}""")]
    [TestCase("""{"choice":{"wrapper":""}}""")]
    [TestCase("""{"choice":{"colour":"COLOUR_UNSPECIFIED"}}""")]
    [TestCase("""{"child":{"child":{"children":[{},{"scalars":{}}]}}}""")]
    [TestCase("""{"@odd name":"x"}""")]
    public void Reads_and_writes(string json) => Assert.That(s_json.Text(s_json.Read<Kinds>(json)), Is.EqualTo(json));

    [TestCase("""{"well_known":{"int32_wrapper":1}}""", """{"wellKnown":{"int32Wrapper":1}}""", Description = "proto names")]
    [TestCase("""{"odd_name":"x"}""", """{"@odd name":"x"}""", Description = "the proto name beside a json_name")]
    [TestCase("""{"\u0073calars":{}}""", """{"scalars":{}}""", Description = "an escaped name")]
    [TestCase(""" { "scalars" : { } } """, """{"scalars":{}}""", Description = "white space")]
    [TestCase("""{"scalars":null,"lists":null,"maps":{"strings":null},"child":null}""", """{"maps":{}}""", Description = "null is unset")]
    [TestCase("""{"choice":{"number":null,"text":"x"}}""", """{"choice":{"text":"x"}}""", Description = "a null claims no oneof")]
    [TestCase("""{"choice":{"text":"x","number":null}}""", """{"choice":{"text":"x"}}""", Description = "nor after the fact")]
    [TestCase("""{"optionals":{"int32Value":null}}""", """{"optionals":{}}""")]
    public void Reads_other_spellings(string json, string canonical) =>
        Assert.That(s_json.Text(s_json.Read<Kinds>(json)), Is.EqualTo(canonical));

    [TestCase("", "", Rules.Json, 1, 1)]
    [TestCase("null", "", Rules.Object, 1, 1)]
    [TestCase("[]", "", Rules.Object, 1, 1)]
    [TestCase("{} {}", "", Rules.Json, 1, 4)]
    [TestCase("{", "", Rules.Json, 1, 2)]
    [TestCase("{\"scalars\":{\"int32Value\":1", "scalars.int32_value", Rules.Json, 1, 27)]
    [TestCase("{\"scalars\":{\"int32Value\":tru}}", "scalars.int32_value", Rules.Json, 1, 29)]
    [TestCase("{'scalars':1}", "", Rules.Json, 1, 2)]
    [TestCase("{\"scalars\":{},}", "", Rules.Json, 1, 15)]
    [TestCase("{\"a\":1/*c*/}", "a", "names no field of transcoding.tests.v1.Kinds", 1, 2)]
    [TestCase("{\n  \"scalars\": {\n    \"int32Value\": \"x\"\n  }\n}", "scalars.int32_value", Rules.Int32, 3, 19)]
    [TestCase("{\"scalar\":{}}", "scalar", "names no field of transcoding.tests.v1.Kinds; did you mean \"scalars\"?", 1, 2)]
    [TestCase("{\"scalars\":{\"int32_valeu\":1}}", "scalars.int32_valeu", "names no field of transcoding.tests.v1.Scalars; did you mean \"int32Value\"?", 1, 13)]
    [TestCase("{\"scalars\":{},\"scalars\":{}}", "scalars", Rules.Repeated, 1, 15)]
    [TestCase("{\"wellKnown\":{},\"well_known\":{}}", "well_known", Rules.Repeated, 1, 17)]
    [TestCase("{\"scalars\":null,\"scalars\":{}}", "scalars", Rules.Repeated, 1, 17)]
    [TestCase("{\"scalars\":{},\"\\u0073calars\":{}}", "scalars", Rules.Repeated, 1, 15)]
    [TestCase("{\"choice\":{\"number\":1,\"text\":\"x\"}}", "choice.text", "is beside another member of the oneof \"kind\"", 1, 23)]
    [TestCase("{\"choice\":{\"nothing\":null,\"text\":\"x\"}}", "choice.text", "is beside another member of the oneof \"kind\"", 1, 27)]
    [TestCase("{\"lists\":{\"int32Values\":{}}}", "lists.int32_values", Rules.Array, 1, 25)]
    [TestCase("{\"lists\":{\"int32Values\":[1,null]}}", "lists.int32_values[1]", Rules.Null, 1, 28)]
    [TestCase("{\"lists\":{\"messages\":[{},{\"int32Value\":true}]}}", "lists.messages[1].int32_value", Rules.Int32, 1, 40)]
    [TestCase("{\"maps\":{\"strings\":[]}}", "maps.strings", Rules.Object, 1, 20)]
    [TestCase("{\"maps\":{\"strings\":{\"a\":1}}}", "maps.strings[\"a\"]", Rules.Text, 1, 25)]
    [TestCase("{\"maps\":{\"strings\":{\"a\":null}}}", "maps.strings[\"a\"]", Rules.Null, 1, 25)]
    [TestCase("{\"maps\":{\"strings\":{\"a\":\"\",\"a\":\"\"}}}", "maps.strings[\"a\"]", Rules.Repeated, 1, 28)]
    [TestCase("{\"maps\":{\"int32s\":{\"1\":1,\"1.0\":1}}}", "maps.int32s[\"1.0\"]", Rules.Repeated, 1, 26)]
    [TestCase("{\"maps\":{\"int32s\":{\"x\":1}}}", "maps.int32s[\"x\"]", "key " + Rules.Int32, 1, 20)]
    [TestCase("{\"maps\":{\"bools\":{\"True\":true}}}", "maps.bools[\"True\"]", "key " + Rules.Bool, 1, 19)]
    [TestCase("{\"maps\":{\"messages\":{\"a\":{\"x\":1}}}}", "maps.messages[\"a\"].x", "names no field of transcoding.tests.v1.Scalars", 1, 27)]
    [TestCase("{\"wellKnown\":{\"struct\":{\"a\":[{\"b\":1,\"b\":1}]}}}", "well_known.struct.a[0].b", Rules.Repeated, 1, 37)]
    [TestCase("{\"\\ud800\":1}", "\\ud800", Rules.Unicode, 1, 2)]
    public void Says_what_is_wrong_and_where(string json, string path, string rule, int line, int column)
    {
        var error = Assert.Throws<ProtoJsonException>(() => s_json.Read<Kinds>(json));
        Assert.That(
            (error.Path, error.Rule, error.Line, error.Column),
            Is.EqualTo((path, rule, (long)line, (long)column)));
    }

    [TestCase("c328", Description = "a second byte that is none")]
    [TestCase("c0af", Description = "an overlong slash")]
    [TestCase("eda080", Description = "a surrogate")]
    [TestCase("f4908080", Description = "beyond U+10FFFF")]
    [TestCase("ff")]
    public void Broken_UTF8_is_refused_wherever_it_stands(string hex)
    {
        byte[] json = [.. "{\"unknown\":\""u8, .. Convert.FromHexString(hex), .. "\"}"u8];
        var lenient = new ProtoJson(new ProtoJsonOptions { IgnoreUnknownFields = true });
        Assert.That(() => lenient.Read<Kinds>(json), Throws.TypeOf<ProtoJsonException>().With.Property("Rule").EqualTo(Rules.Unicode));
    }

    [TestCase("{\"scalars\":{\"stringValue\":\"a|\"}}", "scalars.string_value", 1, 29)]
    [TestCase("{\"lists\":{\n\"stringValues\":[\"ä\",\"a|\"]}}", "lists.string_values[1]", 2, 24)]
    [TestCase("{\"scalars\":{},\"a|\":1}", "a\ufffd", 1, 17)]
    [TestCase("{|}", "", 1, 2)]
    public void Broken_UTF8_has_a_place(string text, string path, int line, int column)
    {
        var json = Encoding.UTF8.GetBytes(text);
        json[Array.IndexOf(json, (byte)'|')] = 0xff;
        var error = Assert.Throws<ProtoJsonException>(() => s_json.Read<Kinds>(json));
        Assert.That((error.Rule, error.Path, error.Line, error.Column), Is.EqualTo((Rules.Unicode, path, (long)line, (long)column)));
    }

    [Test]
    public void A_byte_order_mark_is_refused() =>
        Assert.That(() => s_json.Read<Kinds>("\ufeff{}"), Throws.TypeOf<ProtoJsonException>());

    [TestCase("""{"unknown":{"a":[1,{"b":null}]},"scalars":{"int32Value":1,"x":1}}""", """{"scalars":{"int32Value":1}}""")]
    [TestCase("""{"scalars":{"colour":"NO_SUCH"},"lists":{"colours":["NO_SUCH","COLOUR_RED"]}}""", """{"scalars":{},"lists":{"colours":["COLOUR_RED"]}}""")]
    [TestCase("""{"maps":{"colours":{"a":"NO_SUCH","b":"COLOUR_RED"}}}""", """{"maps":{"colours":{"b":"COLOUR_RED"}}}""")]
    public void Unknown_names_can_be_ignored(string json, string kept)
    {
        var lenient = new ProtoJson(new ProtoJsonOptions { IgnoreUnknownFields = true });
        Assert.That(lenient.Text(lenient.Read<Kinds>(json)), Is.EqualTo(kept));
    }

    [Test]
    public void Defaults_proto_names_and_enum_numbers_are_written_when_asked_for()
    {
        var json = new ProtoJson(new ProtoJsonOptions { WriteDefaultValues = true, UseProtoFieldNames = true, WriteEnumsAsNumbers = true });
        Assert.That(
            json.Text(new Scalars { Colour = Colour.Red }),
            Is.EqualTo("""
                {"int32_value":0,"int64_value":"0","uint32_value":0,"uint64_value":"0","sint32_value":0,"sint64_value":"0",
                "fixed32_value":0,"fixed64_value":"0","sfixed32_value":0,"sfixed64_value":"0","float_value":0,"double_value":0,
                "bool_value":false,"string_value":"","bytes_value":"","colour":1,"alias":0}
                """.ReplaceLineEndings("")));
        Assert.That(json.Text(new Optionals()), Is.EqualTo("{}"));
        Assert.That(json.Text(new Choice()), Is.EqualTo("""{"beside":""}"""));
        Assert.That(json.Text(new Kinds()), Is.EqualTo("""{"children":[],"odd_name":""}"""));
    }

    [TestCase(64, true)]
    [TestCase(65, false)]
    public void Nesting_has_its_limit(int levels, bool allowed)
    {
        var json = Nested(levels);
        if (allowed) Assert.That(s_json.Text(s_json.Read<Kinds>(json)), Is.EqualTo(json));
        else AssertTooDeep(json);
    }

    [TestCase(100_000)]
    [TestCase(1_000_000)]
    public void Nesting_without_end_is_refused(int levels) => AssertTooDeep(Nested(levels));

    [Test]
    public void Nested_Any_is_bound_by_the_same_limit()
    {
        var json = new ProtoJson(new ProtoJsonOptions { TypeRegistry = TypeRegistry.FromFiles(KindsReflection.Descriptor) });
        var text = new StringBuilder("{\"any\":");
        for (var i = 0; i < 10_000; i++) text.Append("{\"@type\":\"x/google.protobuf.Any\",\"value\":");
        Assert.That(() => json.Read<WellKnown>(text.ToString()), Throws.TypeOf<ProtoJsonException>());
    }

    [Test]
    public void The_number_of_elements_has_its_limit()
    {
        var json = new ProtoJson(new ProtoJsonOptions { MaxElements = 10 });
        Assert.That(json.Read<Lists>("""{"int32Values":[1,2,3,4,5,6,7,8,9]}""").Int32Values, Has.Count.EqualTo(9));
        Assert.That(
            () => json.Read<Lists>("""{"int32Values":[1,2,3,4,5,6,7,8,9,10]}"""),
            Throws.TypeOf<ProtoJsonException>().With.Property("Rule").EqualTo("has more than 10 elements"));
    }

    [Test]
    public void A_million_elements_are_refused()
    {
        var text = "{\"int32Values\":[" + new string('1', 1_000_000).Replace("1", "1,", StringComparison.Ordinal) + "1]}";
        Assert.That(() => s_json.Read<Lists>(text), Throws.TypeOf<ProtoJsonException>());
    }

    [Test]
    public void A_million_elements_of_an_unknown_field_are_refused_too()
    {
        var lenient = new ProtoJson(new ProtoJsonOptions { IgnoreUnknownFields = true });
        var text = "{\"x\":[" + new string('1', 1_000_000).Replace("1", "1,", StringComparison.Ordinal) + "1]}";
        Assert.That(() => lenient.Read<Lists>(text), Throws.TypeOf<ProtoJsonException>());
    }

    [TestCase(10_000, true)]
    [TestCase(10_001, false)]
    [TestCase(99_000, false)]
    public void Integer_keys_that_collide_are_bounded(int count, bool allowed)
    {
        // The hash of each of these keys is zero.
        var keys = Enumerable.Range(1, count).Select(i => $"\"{((long)i << 32) | (uint)i}\":\"0\"");
        var text = "{\"int64s\":{" + string.Join(',', keys) + "}}";
        if (allowed)
        {
            Assert.That(s_json.Read<Maps>(text).Int64S, Has.Count.EqualTo(count));
            return;
        }

        var error = Assert.Throws<ProtoJsonException>(() => s_json.Read<Maps>(text));
        Assert.That(error.Rule, Is.EqualTo("has too many integer keys"));
    }

    [Test]
    public void Many_text_keys_are_taken()
    {
        var text = "{\"strings\":{" + string.Join(',', Enumerable.Range(1, 99_000).Select(i => $"\"{i}\":\"\"")) + "}}";
        Assert.That(s_json.Read<Maps>(text).Strings, Has.Count.EqualTo(99_000));
    }

    [Test]
    public void A_message_nested_too_deeply_is_not_written()
    {
        var message = new Kinds();
        for (var i = 0; i < 200; i++) message = new Kinds { Child = message };
        Assert.That(() => s_json.Text(message), Throws.TypeOf<InvalidOperationException>());
        Assert.That(s_json.Text(new Kinds()), Is.EqualTo("{}"), "the writer is fit for use again");
    }

    private static string Nested(int levels) =>
        new StringBuilder().Insert(0, "{\"child\":", levels - 1).Append("{}").Append('}', levels - 1).ToString();

    private static void AssertTooDeep(string json)
    {
        var error = Assert.Throws<ProtoJsonException>(() => s_json.Read<Kinds>(json));
        Assert.That(error.Rule, Is.EqualTo("is nested deeper than 64 levels"));
    }
}
