using System.Text;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Profiles.Transcoding.Json;
using Profiles.Transcoding.Tests.Support;
using Profiles.Transcoding.Tests.V1;

namespace Profiles.Transcoding.Tests.Json;

/// <summary>The types that have a JSON form of their own. A round trip is the usual case.</summary>
public class WellKnownTests
{
    private static readonly ProtoJson s_json = new(new ProtoJsonOptions
    {
        TypeRegistry = TypeRegistry.FromFiles(KindsReflection.Descriptor, WrappersReflection.Descriptor),
    });

    [TestCase("""{"timestamp":"1970-01-01T00:00:00Z"}""")]
    [TestCase("""{"timestamp":"0001-01-01T00:00:00Z"}""")]
    [TestCase("""{"timestamp":"9999-12-31T23:59:59.999999999Z"}""")]
    [TestCase("""{"timestamp":"2024-02-29T12:30:45.120Z"}""")]
    [TestCase("""{"timestamp":"2024-02-29T12:30:45.120001Z"}""")]
    [TestCase("""{"timestamp":"1969-12-31T23:59:59.500Z"}""")]
    [TestCase("""{"duration":"0s"}""")]
    [TestCase("""{"duration":"1.500s"}""")]
    [TestCase("""{"duration":"-0.000000001s"}""")]
    [TestCase("""{"duration":"315576000000s"}""")]
    [TestCase("""{"duration":"-315576000000s"}""")]
    [TestCase("""{"duration":"315576000000.999999999s"}""")]
    [TestCase("""{"duration":"-315576000000.999999999s"}""")]
    [TestCase("""{"fieldMask":""}""")]
    [TestCase("""{"fieldMask":"a.bC,dEf"}""")]
    [TestCase("""{"fieldMask":"*"}""")]
    [TestCase("""{"fieldMask":"a.`b C,d``e`.f"}""")]
    [TestCase("""{"struct":{}}""")]
    [TestCase("""{"struct":{"a":null,"b":[1,"x",true,{"c":1.5}]}}""")]
    [TestCase("""{"value":null}""")]
    [TestCase("""{"value":"x"}""")]
    [TestCase("""{"value":[]}""")]
    [TestCase("""{"list":[null,1,[2]]}""")]
    [TestCase("""{"empty":{}}""")]
    [TestCase("""{"any":{}}""")]
    [TestCase("""{"any":{"@type":"type.googleapis.com/transcoding.tests.v1.Scalars","int32Value":1,"stringValue":"x"}}""")]
    [TestCase("""{"any":{"@type":"type.googleapis.com/google.protobuf.Duration","value":"1s"}}""")]
    [TestCase("""{"any":{"@type":"x/google.protobuf.Int32Value","value":7}}""")]
    [TestCase("""{"any":{"@type":"x/google.protobuf.Value","value":null}}""")]
    [TestCase("""{"any":{"@type":"x/google.protobuf.Any","value":{"@type":"x/google.protobuf.BoolValue","value":true}}}""")]
    [TestCase("""{"doubleWrapper":"NaN"}""")]
    [TestCase("""{"doubleWrapper":0,"floatWrapper":0,"int64Wrapper":"0","uint64Wrapper":"0"}""")]
    [TestCase("""{"int32Wrapper":0,"uint32Wrapper":0,"boolWrapper":false,"stringWrapper":"","bytesWrapper":""}""")]
    public void Reads_and_writes(string json) => Assert.That(s_json.Text(Read(json)), Is.EqualTo(json));

    [TestCase("""{"timestamp":"2024-01-01T02:00:00+02:00"}""", """{"timestamp":"2024-01-01T00:00:00Z"}""")]
    [TestCase("""{"timestamp":"2023-12-31T22:30:00.1-01:30"}""", """{"timestamp":"2024-01-01T00:00:00.100Z"}""")]
    [TestCase("""{"duration":"1.5s"}""", """{"duration":"1.500s"}""")]
    [TestCase("""{"duration":"-0s"}""", """{"duration":"0s"}""")]
    [TestCase("""{"int64Wrapper":1}""", """{"int64Wrapper":"1"}""")]
    [TestCase("""{"stringWrapper":null,"timestamp":null,"any":null,"struct":null,"int32Wrapper":null}""", "{}")]
    [TestCase("""{"nullValue":null}""", "{}")]
    [TestCase("""{"nullValue":"NULL_VALUE"}""", "{}")]
    [TestCase("""{"nullValue":0}""", "{}")]
    [TestCase(
        """{"any":{"int32Value":1,"@type":"x/transcoding.tests.v1.Scalars"}}""",
        """{"any":{"@type":"x/transcoding.tests.v1.Scalars","int32Value":1}}""")]
    [TestCase(
        """{"any":{"value":"1s","@type":"x/google.protobuf.Duration"}}""",
        """{"any":{"@type":"x/google.protobuf.Duration","value":"1s"}}""")]
    public void Reads_other_spellings(string json, string canonical) => Assert.That(s_json.Text(Read(json)), Is.EqualTo(canonical));

    [TestCase("timestamp", "\"0000-12-31T23:59:59Z\"", Rules.Timestamp)]
    [TestCase("timestamp", "\"10000-01-01T00:00:00Z\"", Rules.Timestamp)]
    [TestCase("timestamp", "\"0001-01-01T00:00:00+00:01\"", Rules.Timestamp)]
    [TestCase("timestamp", "\"9999-12-31T23:59:59-00:01\"", Rules.Timestamp)]
    [TestCase("timestamp", "\"2024-01-01T00:00:00\"", Rules.Timestamp)]
    [TestCase("timestamp", "\"2024-01-01t00:00:00Z\"", Rules.Timestamp)]
    [TestCase("timestamp", "\"2024-01-01T00:00:00z\"", Rules.Timestamp)]
    [TestCase("timestamp", "\"2024-01-01 00:00:00Z\"", Rules.Timestamp)]
    [TestCase("timestamp", "\"2023-02-29T00:00:00Z\"", Rules.Timestamp)]
    [TestCase("timestamp", "\"2024-13-01T00:00:00Z\"", Rules.Timestamp)]
    [TestCase("timestamp", "\"2024-01-01T24:00:00Z\"", Rules.Timestamp)]
    [TestCase("timestamp", "\"2024-01-01T23:59:60Z\"", Rules.Timestamp)]
    [TestCase("timestamp", "\"2024-01-01T00:00:00.Z\"", Rules.Timestamp)]
    [TestCase("timestamp", "\"2024-01-01T00:00:00.0123456789Z\"", Rules.Timestamp)]
    [TestCase("timestamp", "\"2024-01-01T00:00:00Zx\"", Rules.Timestamp)]
    [TestCase("timestamp", "1", Rules.Timestamp)]
    [TestCase("timestamp", "{}", Rules.Timestamp)]
    [TestCase("duration", "\"1\"", Rules.Duration)]
    [TestCase("duration", "\"s\"", Rules.Duration)]
    [TestCase("duration", "\"+1s\"", Rules.Duration)]
    [TestCase("duration", "\"--1s\"", Rules.Duration)]
    [TestCase("duration", "\".5s\"", Rules.Duration)]
    [TestCase("duration", "\"1.s\"", Rules.Duration)]
    [TestCase("duration", "\"1.0000000001s\"", Rules.Duration)]
    [TestCase("duration", "\"315576000001s\"", Rules.Duration)]
    [TestCase("duration", "\"1h\"", Rules.Duration)]
    [TestCase("duration", "1", Rules.Duration)]
    [TestCase("fieldMask", "\"a_b\"", Rules.FieldMask)]
    [TestCase("fieldMask", "\"a,,b\"", Rules.FieldMask)]
    [TestCase("fieldMask", "\"a b\"", Rules.FieldMask)]
    [TestCase("fieldMask", "\"a.`b\"", Rules.FieldMask)]
    [TestCase("fieldMask", "[]", Rules.FieldMask)]
    [TestCase("struct", "[]", Rules.Object)]
    [TestCase("list", "{}", Rules.Array)]
    [TestCase("nullValue", "false", Rules.NullValue)]
    [TestCase("nullValue", "1", Rules.NullValue)]
    [TestCase("nullValue", "\"\\ud800\"", Rules.Unicode)]
    [TestCase("any", """{"\ud800":1}""", Rules.Unicode)]
    [TestCase("any", """{"@type":"x/google.protobuf.Duration","\udc00":1}""", Rules.Unicode)]
    [TestCase("any", """{"@type":"x/transcoding.tests.v1.Scalars","\ud800\ud800":1}""", Rules.Unicode)]
    [TestCase("any", "[]", Rules.Object)]
    [TestCase("any", """{"int32Value":1}""", Rules.AnyType)]
    [TestCase("any", """{"@type":1}""", Rules.AnyType)]
    [TestCase("any", """{"@type":""}""", Rules.AnyType)]
    [TestCase("any", """{"@type":"transcoding.tests.v1.Scalars"}""", Rules.AnyType)]
    [TestCase("any", """{"@type":"x/"}""", Rules.AnyType)]
    [TestCase("any", """{"@type":"x/no.such.Type"}""", Rules.AnyUnknown)]
    [TestCase("any", """{"@type":"x/google.protobuf.Duration"}""", Rules.AnyValue)]
    [TestCase("any", """{"@type":"x/google.protobuf.Duration","value":"1s","more":1}""", Rules.AnyValue)]
    [TestCase("any", """{"@type":"x/google.protobuf.Duration","value":"1s","@type":"x/google.protobuf.Duration"}""", Rules.AnyValue)]
    [TestCase("any", """{"@type":"x/google.protobuf.Duration","value":null}""", Rules.Duration)]
    [TestCase("any", """{"@type":"x/transcoding.tests.v1.Scalars","@type":"x/google.protobuf.Duration"}""", Rules.Repeated)]
    [TestCase("any", """{"@type":"x/transcoding.tests.v1.Scalars","int32Value":1,"\u0040type":""}""", Rules.Repeated)]
    [TestCase("any", """{"@type":"x/transcoding.tests.v1.Scalars","value":{}}""", "names no field of transcoding.tests.v1.Scalars")]
    [TestCase("any", """{"@type":null}""", Rules.AnyType)]
    [TestCase("any", """{"@type":"\ud800"}""", Rules.Unicode)]
    [TestCase("struct", """{"a":1,"a":2}""", Rules.Repeated)]
    [TestCase("struct", """{"a":1,"\u0061":2}""", Rules.Repeated)]
    [TestCase("struct", """{"a":1e999}""", Rules.Double)]
    [TestCase("value", "1e999", Rules.Double)]
    [TestCase("value", "\"\\udc00\"", Rules.Unicode)]
    [TestCase("list", "[1e999]", Rules.Double)]
    [TestCase("list", "\"\"", Rules.Array)]
    [TestCase("empty", "[]", Rules.Object)]
    [TestCase("empty", """{"a":1}""", "names no field of google.protobuf.Empty")]
    [TestCase("doubleWrapper", "1e999", Rules.Double)]
    [TestCase("floatWrapper", "1e39", Rules.Float)]
    [TestCase("int64Wrapper", "\"x\"", Rules.Int64)]
    [TestCase("uint64Wrapper", "-1", Rules.UInt64)]
    [TestCase("uint32Wrapper", "4294967296", Rules.UInt32)]
    [TestCase("stringWrapper", "1", Rules.Text)]
    [TestCase("bytesWrapper", "\"*\"", Rules.Bytes)]
    [TestCase("any", """{"@type":"x/google.protobuf.Duration","value":"1s","value":"1s"}""", Rules.AnyValue)]
    [TestCase("boolWrapper", "\"true\"", Rules.Bool)]
    [TestCase("int32Wrapper", "{}", Rules.Int32)]
    public void Refuses(string field, string json, string rule) =>
        Assert.That(() => Read($$"""{"{{field}}":{{json}}}"""), Throws.TypeOf<ProtoJsonException>().With.Property("Rule").EqualTo(rule));

    [TestCase("""{"any":{"@type":"x/google.protobuf.Duration","more":{"a":[1]},"value":"1s"}}""")]
    [TestCase("""{"any":{"more":[{}],"@type":"x/google.protobuf.Duration","value":"1s"}}""")]
    public void An_Any_may_have_more_where_unknown_fields_are_ignored(string json)
    {
        var lenient = new ProtoJson(s_json.Options with { IgnoreUnknownFields = true });
        Assert.That(lenient.Text(lenient.Read<WellKnown>(json)), Is.EqualTo("""{"any":{"@type":"x/google.protobuf.Duration","value":"1s"}}"""));
    }

    [TestCase(-62135596801, 0)]
    [TestCase(253402300800, 0)]
    [TestCase(0, -1)]
    [TestCase(0, 1_000_000_000)]
    public void A_timestamp_out_of_range_is_not_written(long seconds, int nanos) =>
        AssertUnwritable(new WellKnown { Timestamp = new Timestamp { Seconds = seconds, Nanos = nanos } });

    [TestCase(315576000001, 0)]
    [TestCase(1, -1)]
    [TestCase(-1, 1)]
    [TestCase(0, 1_000_000_000)]
    public void A_duration_out_of_range_is_not_written(long seconds, int nanos) =>
        AssertUnwritable(new WellKnown { Duration = new Duration { Seconds = seconds, Nanos = nanos } });

    [TestCase("fooBar")]
    [TestCase("foo__bar")]
    [TestCase("foo_1")]
    [TestCase("foo_")]
    [TestCase("")]
    public void A_mask_that_lower_camel_case_cannot_express_is_not_written(string path) =>
        AssertUnwritable(new WellKnown { FieldMask = new FieldMask { Paths = { path } } });

    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    public void A_number_that_JSON_lacks_is_not_written_in_a_value(double number) =>
        AssertUnwritable(new WellKnown { Value = Value.ForNumber(number) });

    [Test]
    public void An_Any_of_unknown_type_is_not_written() =>
        AssertUnwritable(new WellKnown { Any = new Any { TypeUrl = "x/no.such.Type", Value = ByteString.Empty } });

    [TestCase("\"1s\"", "google.protobuf.Duration")]
    [TestCase("5", "google.protobuf.Int32Value")]
    [TestCase("""{"a":1}""", "google.protobuf.Struct")]
    public void A_well_known_type_can_be_the_whole_text(string json, string type)
    {
        object read = type switch
        {
            "google.protobuf.Duration" => s_json.Text(s_json.Read<Duration>(Encoding.UTF8.GetBytes(json))),
            "google.protobuf.Int32Value" => s_json.Text(s_json.Read<Int32Value>(Encoding.UTF8.GetBytes(json))),
            _ => s_json.Text(s_json.Read<Struct>(Encoding.UTF8.GetBytes(json))),
        };
        Assert.That(read, Is.EqualTo(json));
    }

    private static WellKnown Read(string json) => s_json.Read<WellKnown>(Encoding.UTF8.GetBytes(json));

    private static void AssertUnwritable(WellKnown message) =>
        Assert.That(() => s_json.Text(message), Throws.TypeOf<InvalidOperationException>());
}
