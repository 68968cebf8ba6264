using System.Runtime.CompilerServices;
using System.Text.Json;
using Google.Protobuf.Reflection;

namespace Profiles.Transcoding.Json.Codecs;

/// <summary>An enum: by name or number. An open enum takes every 32-bit number, a closed one (proto2) its own.</summary>
internal sealed class EnumCodec<TEnum> : ValueCodec<TEnum>
    where TEnum : struct, Enum
{
    private readonly Utf8NameTable<int> _numbers;
    private readonly Dictionary<int, byte[]> _names;
    private readonly bool _closed;
    private readonly int _default;

    public EnumCodec(EnumDescriptor descriptor)
    {
        _numbers = new Utf8NameTable<int>(descriptor.Values.Count);
        _names = new Dictionary<int, byte[]>(descriptor.Values.Count);
        foreach (var value in descriptor.Values)
        {
            _numbers.TryAdd(value.Name, value.Number);
            _names.TryAdd(value.Number, ProtoJsonWriter.EncodeText(value.Name));
        }

        _closed = descriptor.File.Syntax == Syntax.Proto2;
        _default = _closed ? descriptor.Values[0].Number : 0;
        Rule = "must be a name or number of " + descriptor.FullName;
    }

    public override string Rule { get; }

    public override bool AcceptsText => true;

    public override bool TryRead(ref ProtoJsonReader reader, out TEnum value)
    {
        switch (reader.Json.TokenType)
        {
            case JsonTokenType.String:
                if (TryName(reader.Unescape(), out value)) return true;
                return reader.Options.IgnoreUnknownFields ? false : throw reader.Fail(Rule);
            case JsonTokenType.Number when TryNumber(reader.Json.ValueSpan, out value):
                return true;
            default:
                throw reader.Fail(Rule);
        }
    }

    public override bool TryParse(ReadOnlySpan<byte> utf8, out TEnum value) => TryName(utf8, out value) || TryNumber(utf8, out value);

    public override void Write(ref ProtoJsonWriter writer, TEnum value)
    {
        var number = Unsafe.As<TEnum, int>(ref value);
        if (!writer.Options.WriteEnumsAsNumbers && _names.TryGetValue(number, out var name)) writer.WriteEncoded(name);
        else writer.WriteNumber(number);
    }

    public override bool IsDefault(TEnum value) => Unsafe.As<TEnum, int>(ref value) == _default;

    private bool TryName(ReadOnlySpan<byte> name, out TEnum value)
    {
        var known = _numbers.TryFind(name, out var number);
        value = Unsafe.As<int, TEnum>(ref number);
        return known;
    }

    private bool TryNumber(ReadOnlySpan<byte> text, out TEnum value)
    {
        var valid = IntegerText.TryParseSigned(text, int.MinValue, int.MaxValue, out var wide);
        var number = (int)wide;
        value = Unsafe.As<int, TEnum>(ref number);
        return valid && (!_closed || _names.ContainsKey(number));
    }
}
