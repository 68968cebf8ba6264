using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Google.Protobuf;

namespace Profiles.Transcoding.Json.Codecs;

internal sealed class Int32Codec : TextCodec<int>
{
    public override string Rule => Rules.Int32;

    protected override bool AcceptsNumber => true;

    public override bool TryParse(ReadOnlySpan<byte> utf8, out int value)
    {
        var valid = IntegerText.TryParseSigned(utf8, int.MinValue, int.MaxValue, out var wide);
        value = (int)wide;
        return valid;
    }

    public override void Write(ref ProtoJsonWriter writer, int value) => writer.WriteNumber(value);

    public override bool IsDefault(int value) => value == 0;
}

internal sealed class UInt32Codec : TextCodec<uint>
{
    public override string Rule => Rules.UInt32;

    protected override bool AcceptsNumber => true;

    public override bool TryParse(ReadOnlySpan<byte> utf8, out uint value)
    {
        var valid = IntegerText.TryParseUnsigned(utf8, uint.MaxValue, out var wide);
        value = (uint)wide;
        return valid;
    }

    public override void Write(ref ProtoJsonWriter writer, uint value) => writer.WriteNumber(value);

    public override bool IsDefault(uint value) => value == 0;
}

internal sealed class Int64Codec : TextCodec<long>
{
    public override string Rule => Rules.Int64;

    protected override bool AcceptsNumber => true;

    public override bool TryParse(ReadOnlySpan<byte> utf8, out long value) =>
        IntegerText.TryParseSigned(utf8, long.MinValue, long.MaxValue, out value);

    public override void Write(ref ProtoJsonWriter writer, long value) => writer.WriteQuoted(value);

    public override bool IsDefault(long value) => value == 0;
}

internal sealed class UInt64Codec : TextCodec<ulong>
{
    public override string Rule => Rules.UInt64;

    protected override bool AcceptsNumber => true;

    public override bool TryParse(ReadOnlySpan<byte> utf8, out ulong value) =>
        IntegerText.TryParseUnsigned(utf8, ulong.MaxValue, out value);

    public override void Write(ref ProtoJsonWriter writer, ulong value) => writer.WriteQuoted(value);

    public override bool IsDefault(ulong value) => value == 0;
}

internal sealed class BoolCodec : ValueCodec<bool>
{
    public override string Rule => Rules.Bool;

    public override bool AcceptsText => true;

    public override bool TryRead(ref ProtoJsonReader reader, out bool value)
    {
        value = reader.Json.TokenType == JsonTokenType.True;
        return value || reader.Json.TokenType == JsonTokenType.False ? true : throw reader.Fail(Rule);
    }

    public override bool TryParse(ReadOnlySpan<byte> utf8, out bool value)
    {
        value = utf8.SequenceEqual("true"u8);
        return value || utf8.SequenceEqual("false"u8);
    }

    public override void Write(ref ProtoJsonWriter writer, bool value) => writer.WriteBool(value);

    public override bool IsDefault(bool value) => !value;
}

internal sealed class DoubleCodec : TextCodec<double>
{
    public override string Rule => Rules.Double;

    protected override bool AcceptsNumber => true;

    public override bool TryParse(ReadOnlySpan<byte> utf8, out double value)
    {
        if (JsonNumber.IsNumber(utf8))
            return double.TryParse(utf8, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

        value = NonFinite.Parse(utf8);
        return value != 0;
    }

    public override void Write(ref ProtoJsonWriter writer, double value)
    {
        if (double.IsFinite(value)) writer.WriteNumber(value);
        else writer.WriteAscii(NonFinite.Name(value));
    }

    // Minus zero is a value of its own on the wire.
    public override bool IsDefault(double value) => BitConverter.DoubleToInt64Bits(value) == 0;
}

internal sealed class FloatCodec : TextCodec<float>
{
    public override string Rule => Rules.Float;

    protected override bool AcceptsNumber => true;

    public override bool TryParse(ReadOnlySpan<byte> utf8, out float value)
    {
        if (JsonNumber.IsNumber(utf8))
            return float.TryParse(utf8, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && float.IsFinite(value);

        value = (float)NonFinite.Parse(utf8);
        return value != 0;
    }

    public override void Write(ref ProtoJsonWriter writer, float value)
    {
        if (float.IsFinite(value)) writer.WriteNumber(value);
        else writer.WriteAscii(NonFinite.Name(value));
    }

    public override bool IsDefault(float value) => BitConverter.SingleToInt32Bits(value) == 0;
}

internal sealed class StringCodec : ValueCodec<string>
{
    public override string Rule => Rules.Text;

    public override bool AcceptsText => true;

    public override bool TryRead(ref ProtoJsonReader reader, out string value)
    {
        if (reader.Json.TokenType != JsonTokenType.String) throw reader.Fail(Rule);
        value = reader.ReadString();
        return true;
    }

    public override bool TryParse(ReadOnlySpan<byte> utf8, out string value)
    {
        value = Encoding.UTF8.GetString(utf8);
        return Utf8.IsValid(utf8);
    }

    public override void Write(ref ProtoJsonWriter writer, string value) => writer.WriteText(value);

    public override bool IsDefault(string value) => value.Length == 0;
}

internal sealed class BytesCodec : TextCodec<ByteString>
{
    public override string Rule => Rules.Bytes;

    public override bool TryParse(ReadOnlySpan<byte> utf8, out ByteString value)
    {
        var valid = Base64Text.TryDecode(utf8, out var bytes);
        value = bytes.Length == 0 ? ByteString.Empty : UnsafeByteOperations.UnsafeWrap(bytes);
        return valid;
    }

    public override void Write(ref ProtoJsonWriter writer, ByteString value) => writer.WriteBase64(value.Span);

    public override bool IsDefault(ByteString value) => value.IsEmpty;
}
