using Google.Protobuf;
using Profiles.Transcoding.Json;
using Profiles.Transcoding.Tests.V1;

namespace Profiles.Transcoding.Tests.Json;

/// <summary>Each scalar type: valid spellings with their value, and spellings that must be refused.</summary>
public class ScalarReadTests
{
    private static readonly ProtoJson s_json = new(ProtoJsonOptions.Default);

    // 32-bit integers.
    [TestCase("int32Value", "0", "0")]
    [TestCase("int32Value", "-0", "0")]
    [TestCase("int32Value", "2147483647", "2147483647")]
    [TestCase("int32Value", "-2147483648", "-2147483648")]
    [TestCase("int32Value", "\"12\"", "12")]
    [TestCase("int32Value", "\"\\u0031\"", "1")]
    [TestCase("int32Value", "1.0", "1")]
    [TestCase("int32Value", "1.5e1", "15")]
    [TestCase("int32Value", "100e-2", "1")]
    [TestCase("int32Value", "2.147483647e9", "2147483647")]
    [TestCase("int32Value", "\"1e3\"", "1000")]
    [TestCase("int32Value", "0e1000000", "0")]
    [TestCase("uint32Value", "4294967295", "4294967295")]
    [TestCase("uint32Value", "-0", "0")]
    [TestCase("sint32Value", "-1", "-1")]
    [TestCase("fixed32Value", "4294967295", "4294967295")]
    [TestCase("sfixed32Value", "-2147483648", "-2147483648")]
    // 64-bit integers.
    [TestCase("int64Value", "9223372036854775807", "9223372036854775807")]
    [TestCase("int64Value", "\"-9223372036854775808\"", "-9223372036854775808")]
    [TestCase("int64Value", "9.223372036854775807e18", "9223372036854775807")]
    [TestCase("uint64Value", "18446744073709551615", "18446744073709551615")]
    [TestCase("uint64Value", "\"18446744073709551615\"", "18446744073709551615")]
    [TestCase("uint64Value", "1.8446744073709551615e19", "18446744073709551615")]
    [TestCase("sint64Value", "\"-5\"", "-5")]
    [TestCase("fixed64Value", "\"5\"", "5")]
    [TestCase("fixed64Value", "18446744073709551615", "18446744073709551615")]
    [TestCase("sint64Value", "-9223372036854775808", "-9223372036854775808")]
    [TestCase("sfixed64Value", "\"9.223372036854775807E+18\"", "9223372036854775807")]
    [TestCase("sint32Value", "-2147483648", "-2147483648")]
    [TestCase("sint32Value", "\"2147483647\"", "2147483647")]
    [TestCase("fixed32Value", "\"4.294967295e9\"", "4294967295")]
    [TestCase("sfixed32Value", "2147483647", "2147483647")]
    [TestCase("sfixed64Value", "\"-5\"", "-5")]
    // Floating point.
    [TestCase("doubleValue", "1.5", "1.5")]
    [TestCase("doubleValue", "\"1.5\"", "1.5")]
    [TestCase("doubleValue", "1.7976931348623157e+308", "1.7976931348623157E+308")]
    [TestCase("doubleValue", "5e-324", "5E-324")]
    [TestCase("doubleValue", "1e-400", "0")]
    [TestCase("doubleValue", "-0", "-0")]
    [TestCase("doubleValue", "\"NaN\"", "NaN")]
    [TestCase("doubleValue", "\"Infinity\"", "Infinity")]
    [TestCase("doubleValue", "\"-Infinity\"", "-Infinity")]
    [TestCase("floatValue", "3.4028235e38", "3.4028235E+38")]
    [TestCase("floatValue", "1.17549e-38", "1.17549E-38")]
    [TestCase("floatValue", "16777217", "16777216")]
    [TestCase("floatValue", "\"-Infinity\"", "-Infinity")]
    [TestCase("floatValue", "\"NaN\"", "NaN")]
    [TestCase("floatValue", "\"1e-3\"", "0.001")]
    [TestCase("floatValue", "1e-50", "0")]
    [TestCase("floatValue", "-0.0", "-0")]
    // The others.
    [TestCase("boolValue", "true", "True")]
    [TestCase("boolValue", "false", "False")]
    [TestCase("stringValue", "\"\"", "")]
    [TestCase("stringValue", "\"a\\u00e4\\ud83d\\ude00\\u0000\"", "aä😀\0")]
    [TestCase("bytesValue", "\"\"", "")]
    [TestCase("bytesValue", "\"+/8=\"", "FBFF")]
    [TestCase("bytesValue", "\"-_8\"", "FBFF")]
    [TestCase("bytesValue", "\"AQ==\"", "01")]
    [TestCase("bytesValue", "\"AQ\"", "01")]
    [TestCase("bytesValue", "\"-_\"", "FB", Description = "bits beyond the last byte")]
    [TestCase("bytesValue", "\"AQJ\"", "0102")]
    [TestCase("bytesValue", "\"AQI\\u003d\"", "0102")]
    [TestCase("colour", "\"COLOUR_RED\"", "Red")]
    [TestCase("colour", "1", "Red")]
    [TestCase("colour", "1.0", "Red")]
    [TestCase("colour", "-1", "Negative")]
    [TestCase("colour", "77", "77")]
    [TestCase("alias", "\"ALIAS_SECOND\"", "First")]
    public void Reads(string field, string json, string expected) =>
        Assert.That(Text(s_json.Read<Scalars>(Utf8($$"""{"{{field}}":{{json}}}""")), field), Is.EqualTo(expected));

    [TestCase("int32Value", "2147483648", Rules.Int32)]
    [TestCase("int32Value", "-2147483649", Rules.Int32)]
    [TestCase("int32Value", "1.5", Rules.Int32)]
    [TestCase("int32Value", "1e-1", Rules.Int32)]
    [TestCase("int32Value", "1e1000000000", Rules.Int32)]
    [TestCase("int32Value", "\"\"", Rules.Int32)]
    [TestCase("int32Value", "\" 1\"", Rules.Int32)]
    [TestCase("int32Value", "\"1 \"", Rules.Int32)]
    [TestCase("int32Value", "\"+1\"", Rules.Int32)]
    [TestCase("int32Value", "\"01\"", Rules.Int32)]
    [TestCase("int32Value", "\"1.\"", Rules.Int32)]
    [TestCase("int32Value", "\"1e\"", Rules.Int32)]
    [TestCase("int32Value", "\"0x1\"", Rules.Int32)]
    [TestCase("int32Value", "\"1,0\"", Rules.Int32)]
    [TestCase("int32Value", "\"NaN\"", Rules.Int32)]
    [TestCase("int32Value", "true", Rules.Int32)]
    [TestCase("int32Value", "[1]", Rules.Int32)]
    [TestCase("int32Value", "{}", Rules.Int32)]
    [TestCase("sint32Value", "2147483648", Rules.Int32)]
    [TestCase("sint32Value", "0.1", Rules.Int32)]
    [TestCase("sfixed32Value", "-2147483649", Rules.Int32)]
    [TestCase("fixed32Value", "-1", Rules.UInt32)]
    [TestCase("fixed32Value", "4294967296", Rules.UInt32)]
    [TestCase("uint32Value", "\"-0.5\"", Rules.UInt32)]
    [TestCase("uint32Value", "-1", Rules.UInt32)]
    [TestCase("uint32Value", "4294967296", Rules.UInt32)]
    [TestCase("int64Value", "9223372036854775808", Rules.Int64)]
    [TestCase("int64Value", "-9223372036854775809", Rules.Int64)]
    [TestCase("uint64Value", "18446744073709551616", Rules.UInt64)]
    [TestCase("uint64Value", "-1", Rules.UInt64)]
    [TestCase("sint64Value", "9223372036854775808", Rules.Int64)]
    [TestCase("sfixed64Value", "\"-9223372036854775809\"", Rules.Int64)]
    [TestCase("sfixed64Value", "0.5", Rules.Int64)]
    [TestCase("fixed64Value", "\"18446744073709551616\"", Rules.UInt64)]
    [TestCase("fixed64Value", "\"\"", Rules.UInt64)]
    [TestCase("int64Value", "\"1 000\"", Rules.Int64)]
    [TestCase("int64Value", "\"Infinity\"", Rules.Int64)]
    [TestCase("int64Value", "false", Rules.Int64)]
    [TestCase("doubleValue", "1.8e308", Rules.Double)]
    [TestCase("doubleValue", "-1.8e308", Rules.Double)]
    [TestCase("doubleValue", "\"1e999\"", Rules.Double)]
    [TestCase("doubleValue", "\"nan\"", Rules.Double)]
    [TestCase("doubleValue", "\"+Infinity\"", Rules.Double)]
    [TestCase("doubleValue", "\"\"", Rules.Double)]
    [TestCase("doubleValue", "\".5\"", Rules.Double)]
    [TestCase("doubleValue", "true", Rules.Double)]
    [TestCase("floatValue", "3.5e38", Rules.Float)]
    [TestCase("floatValue", "\"infinity\"", Rules.Float)]
    [TestCase("floatValue", "\"1,5\"", Rules.Float)]
    [TestCase("floatValue", "{}", Rules.Float)]
    [TestCase("floatValue", "\"-3.5e38\"", Rules.Float)]
    [TestCase("boolValue", "\"true\"", Rules.Bool)]
    [TestCase("boolValue", "1", Rules.Bool)]
    [TestCase("stringValue", "1", Rules.Text)]
    [TestCase("stringValue", "true", Rules.Text)]
    [TestCase("stringValue", "[]", Rules.Text)]
    [TestCase("stringValue", "\"\\ud800\"", Rules.Unicode)]
    [TestCase("stringValue", "\"\\ud800\\ud800\"", Rules.Unicode)]
    [TestCase("stringValue", "{}", Rules.Text)]
    [TestCase("boolValue", "\"\"", Rules.Bool)]
    [TestCase("boolValue", "0", Rules.Bool)]
    [TestCase("stringValue", "\"\\udc00x\"", Rules.Unicode)]
    [TestCase("stringValue", "\"\\ud800\\u0041\"", Rules.Unicode)]
    [TestCase("bytesValue", "\"A\"", Rules.Bytes)]
    [TestCase("bytesValue", "\"A=\"", Rules.Bytes)]
    [TestCase("bytesValue", "\"AQ=\"", Rules.Bytes)]
    [TestCase("bytesValue", "\"AQ===\"", Rules.Bytes)]
    [TestCase("bytesValue", "\"AQID=\"", Rules.Bytes)]
    [TestCase("bytesValue", "\"A Q=\"", Rules.Bytes)]
    [TestCase("bytesValue", "\"AQ==AQ==\"", Rules.Bytes)]
    [TestCase("bytesValue", "\"A*==\"", Rules.Bytes)]
    [TestCase("bytesValue", "\"\\ud800\"", Rules.Unicode)]
    [TestCase("bytesValue", "1", Rules.Bytes)]
    [TestCase("colour", "\"RED\"", "must be a name or number of transcoding.tests.v1.Colour")]
    [TestCase("colour", "\"colour_red\"", "must be a name or number of transcoding.tests.v1.Colour")]
    [TestCase("colour", "\"1\"", "must be a name or number of transcoding.tests.v1.Colour")]
    [TestCase("colour", "2147483648", "must be a name or number of transcoding.tests.v1.Colour")]
    [TestCase("colour", "1.5", "must be a name or number of transcoding.tests.v1.Colour")]
    [TestCase("colour", "true", "must be a name or number of transcoding.tests.v1.Colour")]
    public void Refuses(string field, string json, string rule)
    {
        var error = Assert.Throws<ProtoJsonException>(() => s_json.Read<Scalars>(Utf8($$"""{"{{field}}":{{json}}}""")));
        Assert.That(error.Rule, Is.EqualTo(rule));
        Assert.That(error.Path, Is.EqualTo(Scalars.Descriptor.Fields.InDeclarationOrder().Single(known => known.JsonName == field).Name));
    }

    [TestCase("int32Value", '1')]
    [TestCase("uint64Value", '0')]
    [TestCase("doubleValue", '9')]
    public void A_number_of_a_hundred_thousand_digits_is_refused_at_once(string field, char digit)
    {
        var json = $$"""{"{{field}}":1{{new string(digit, 100_000)}}}""";
        Assert.That(() => s_json.Read<Scalars>(Utf8(json)), Throws.InstanceOf<ProtoJsonException>());
    }

    [Test]
    public void A_long_fraction_keeps_its_value()
    {
        var json = $$"""{"doubleValue":1.{{new string('3', 100_000)}},"int32Value":1.{{new string('0', 100_000)}}}""";
        var read = s_json.Read<Scalars>(Utf8(json));
        Assert.That(read.DoubleValue, Is.EqualTo(4.0 / 3));
        Assert.That(read.Int32Value, Is.EqualTo(1));
    }

    private static byte[] Utf8(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    private static string Text(Scalars message, string field)
    {
        var descriptor = Scalars.Descriptor.Fields.InDeclarationOrder().Single(known => known.JsonName == field);
        var value = descriptor.Accessor.GetValue(message);
        return value is ByteString bytes ? Convert.ToHexString(bytes.Span) : FormattableString.Invariant($"{value}");
    }
}
