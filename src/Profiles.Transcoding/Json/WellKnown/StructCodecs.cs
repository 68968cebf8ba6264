using System.Text.Json;
using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;
using Profiles.Transcoding.Json.Codecs;

namespace Profiles.Transcoding.Json.WellKnown;

/// <summary>Any JSON value. JSON null is a value here.</summary>
internal sealed class ValueValueCodec : ValueCodec<Value>
{
    public override string Rule => Rules.Json;

    public override bool AcceptsNull => true;

    public override bool TryRead(ref ProtoJsonReader reader, out Value value)
    {
        value = Read(ref reader);
        return true;
    }

    public static Value Read(ref ProtoJsonReader reader) => reader.Json.TokenType switch
    {
        JsonTokenType.Null => Value.ForNull(),
        JsonTokenType.True => Value.ForBool(true),
        JsonTokenType.False => Value.ForBool(false),
        JsonTokenType.String => Value.ForString(reader.ReadString()),
        JsonTokenType.Number => Value.ForNumber(ReadNumber(ref reader)),
        JsonTokenType.StartObject => new Value { StructValue = StructCodec.Read(ref reader) },
        _ => new Value { ListValue = ListValueCodec.Read(ref reader) },
    };

    public override void Write(ref ProtoJsonWriter writer, Value value) => WriteValue(ref writer, value);

    public static void WriteValue(ref ProtoJsonWriter writer, Value value)
    {
        switch (value.KindCase)
        {
            case Value.KindOneofCase.NumberValue when double.IsFinite(value.NumberValue):
                writer.WriteNumber(value.NumberValue);
                break;
            case Value.KindOneofCase.NumberValue:
                throw new InvalidOperationException("A google.protobuf.Value holds a number that JSON cannot express.");
            case Value.KindOneofCase.StringValue:
                writer.WriteText(value.StringValue);
                break;
            case Value.KindOneofCase.BoolValue:
                writer.WriteBool(value.BoolValue);
                break;
            case Value.KindOneofCase.StructValue:
                StructCodec.WriteFields(ref writer, value.StructValue.Fields);
                break;
            case Value.KindOneofCase.ListValue:
                ListValueCodec.WriteValues(ref writer, value.ListValue.Values);
                break;
            default:
                writer.WriteNull();
                break;
        }
    }

    private static double ReadNumber(ref ProtoJsonReader reader) =>
        reader.Json.TryGetDouble(out var number) && double.IsFinite(number) ? number : throw reader.Fail(Rules.Double);
}

/// <summary>Any JSON object.</summary>
internal sealed class StructCodec : ValueCodec<Struct>
{
    public override string Rule => Rules.Object;

    public override bool TryRead(ref ProtoJsonReader reader, out Struct value)
    {
        value = Read(ref reader);
        return true;
    }

    public static Struct Read(ref ProtoJsonReader reader)
    {
        if (reader.Json.TokenType != JsonTokenType.StartObject) throw reader.Fail(Rules.Object);
        var value = new Struct();
        while (reader.ReadProperty())
        {
            var name = reader.ReadString();
            if (value.Fields.ContainsKey(name)) throw reader.Fail(Rules.Repeated);
            reader.Json.Read();
            value.Fields.Add(name, ValueValueCodec.Read(ref reader));
        }

        return value;
    }

    public override void Write(ref ProtoJsonWriter writer, Struct value) => WriteFields(ref writer, value.Fields);

    public static void WriteFields(ref ProtoJsonWriter writer, MapField<string, Value> fields)
    {
        writer.StartObject();
        foreach (var (name, value) in fields)
        {
            writer.WriteName(name);
            ValueValueCodec.WriteValue(ref writer, value);
        }

        writer.EndObject();
    }
}

/// <summary>Any JSON array.</summary>
internal sealed class ListValueCodec : ValueCodec<ListValue>
{
    public override string Rule => Rules.Array;

    public override bool TryRead(ref ProtoJsonReader reader, out ListValue value)
    {
        value = Read(ref reader);
        return true;
    }

    public static ListValue Read(ref ProtoJsonReader reader)
    {
        if (reader.Json.TokenType != JsonTokenType.StartArray) throw reader.Fail(Rules.Array);
        var value = new ListValue();
        while (reader.ReadElement()) value.Values.Add(ValueValueCodec.Read(ref reader));
        return value;
    }

    public override void Write(ref ProtoJsonWriter writer, ListValue value) => WriteValues(ref writer, value.Values);

    public static void WriteValues(ref ProtoJsonWriter writer, RepeatedField<Value> values)
    {
        writer.StartArray();
        foreach (var value in values) ValueValueCodec.WriteValue(ref writer, value);
        writer.EndArray();
    }
}

/// <summary>The enum whose one value is JSON null.</summary>
internal sealed class NullValueCodec : ValueCodec<NullValue>
{
    public override string Rule => Rules.NullValue;

    public override bool AcceptsNull => true;

    public override bool TryRead(ref ProtoJsonReader reader, out NullValue value)
    {
        value = NullValue.NullValue;
        var valid = reader.Json.TokenType switch
        {
            JsonTokenType.Null => true,
            JsonTokenType.String => reader.TextEquals("NULL_VALUE"u8),
            JsonTokenType.Number => reader.Json.ValueSpan.SequenceEqual("0"u8),
            _ => false,
        };
        return valid ? true : throw reader.Fail(Rule);
    }

    public override void Write(ref ProtoJsonWriter writer, NullValue value) => writer.WriteNull();

    public override bool IsDefault(NullValue value) => true;
}
