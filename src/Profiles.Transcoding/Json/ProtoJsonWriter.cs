using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Unicode;

namespace Profiles.Transcoding.Json;

/// <summary>
/// The state of one writing: the commas, the depth, and the bytes that are free in the output. Nobody checks that names and values
/// alternate; the tables see to that.
/// </summary>
internal ref struct ProtoJsonWriter(IBufferWriter<byte> output, ProtoJsonOptions options)
{
    // A deeper message could not be read back by a Protobuf parser either: its usual limit is 100.
    private const int MaxDepth = 100;

    // What is asked for at once: enough for most values, little for a small answer.
    private const int BlockSize = 512;

    // One char makes at most three bytes of UTF-8.
    private const int BytesPerChar = 3;

    private static readonly SearchValues<char> s_escaped = SearchValues.Create(EscapedChars());

    private Span<byte> _free;
    private int _written;
    private int _depth;
    private bool _comma;

    public readonly ProtoJsonOptions Options => options;

    /// <summary>The name as it stands in the text: quoted, escaped, with its colon.</summary>
    public static byte[] EncodeName(string name) => [.. EncodeText(name), (byte)':'];

    /// <summary>The text as it stands in the output: quoted and escaped.</summary>
    public static byte[] EncodeText(string text)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new ProtoJsonWriter(output, ProtoJsonOptions.Default);
        writer.WriteText(text);
        writer.Flush();
        return output.WrittenSpan.ToArray();
    }

    public void Flush()
    {
        output.Advance(_written);
        _free = default;
        _written = 0;
    }

    public void StartObject() => Start((byte)'{');

    public void EndObject() => End((byte)'}');

    public void StartArray() => Start((byte)'[');

    public void EndArray() => End((byte)']');

    /// <summary>Writes what <see cref="EncodeName"/> made.</summary>
    public void WriteName(scoped ReadOnlySpan<byte> encoded)
    {
        WriteEncoded(encoded);
        _comma = false;
    }

    public void WriteName(string name)
    {
        WriteText(name);
        Append((byte)':');
        _comma = false;
    }

    /// <summary>Writes a value that is there in its final form, for instance from <see cref="EncodeText"/>.</summary>
    public void WriteEncoded(scoped ReadOnlySpan<byte> encoded)
    {
        var free = Reserve(encoded.Length + 1);
        var comma = _comma ? 1 : 0;
        free[0] = (byte)',';
        encoded.CopyTo(free[comma..]);
        _written += encoded.Length + comma;
        _comma = true;
    }

    public void WriteNull() => WriteEncoded("null"u8);

    public void WriteBool(bool value) => WriteEncoded(value ? "true"u8 : "false"u8);

    public void WriteNumber<T>(T value)
        where T : struct, IUtf8SpanFormattable
    {
        Separate();
        value.TryFormat(Reserve(32), out var length, default, System.Globalization.CultureInfo.InvariantCulture);
        _written += length;
    }

    /// <summary>Writes a number as a string, as 64-bit integers are.</summary>
    public void WriteQuoted<T>(T value)
        where T : struct, IUtf8SpanFormattable
    {
        Separate();
        Append((byte)'"');
        _comma = false;
        WriteNumber(value);
        Append((byte)'"');
    }

    /// <summary>Writes a string of ASCII that needs no escape.</summary>
    public void WriteAscii(scoped ReadOnlySpan<byte> text)
    {
        Separate();
        Append((byte)'"');
        text.CopyTo(Reserve(text.Length));
        _written += text.Length;
        Append((byte)'"');
    }

    public void WriteBase64(scoped ReadOnlySpan<byte> bytes)
    {
        Separate();
        Append((byte)'"');
        Base64.EncodeToUtf8(bytes, Reserve(Base64.GetMaxEncodedToUtf8Length(bytes.Length)), out _, out var length);
        _written += length;
        Append((byte)'"');
    }

    /// <summary>Writes any string. A surrogate without its partner becomes U+FFFD.</summary>
    public void WriteText(scoped ReadOnlySpan<char> text)
    {
        Separate();
        if (text.Length <= BlockSize && !text.ContainsAny(s_escaped)) WritePlain(text);
        else WriteEscaped(text);
    }

    private void WritePlain(scoped ReadOnlySpan<char> text)
    {
        var free = Reserve(text.Length * BytesPerChar + 2);
        free[0] = (byte)'"';
        var length = Encoding.UTF8.GetBytes(text, free[1..]);
        free[length + 1] = (byte)'"';
        _written += length + 2;
    }

    private void WriteEscaped(scoped ReadOnlySpan<char> text)
    {
        Append((byte)'"');
        while (true)
        {
            var end = text.IndexOfAny(s_escaped);
            Transcode(end < 0 ? text : text[..end]);
            if (end < 0) break;

            Escape(text[end]);
            text = text[(end + 1)..];
        }

        Append((byte)'"');
    }

    private void Start(byte bracket)
    {
        if (++_depth > MaxDepth) throw new InvalidOperationException($"The message is nested deeper than {MaxDepth}.");
        Separate();
        Append(bracket);
        _comma = false;
    }

    private void End(byte bracket)
    {
        _depth--;
        Append(bracket);
        _comma = true;
    }

    private void Separate()
    {
        if (_comma) Append((byte)',');
        _comma = true;
    }

    // Long text goes in blocks, so that no three times its length is asked for.
    private void Transcode(scoped ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            var free = Reserve(Math.Min(text.Length, BlockSize) * BytesPerChar);
            Utf8.FromUtf16(text, free, out var read, out var length);
            _written += length;
            text = text[read..];
        }
    }

    private void Escape(char c)
    {
        Append((byte)'\\');
        switch (c)
        {
            case '"' or '\\': Append((byte)c); break;
            case '\n': Append((byte)'n'); break;
            case '\r': Append((byte)'r'); break;
            case '\t': Append((byte)'t'); break;
            case '\b': Append((byte)'b'); break;
            case '\f': Append((byte)'f'); break;
            default:
                "u0000"u8.CopyTo(Reserve(5));
                Utf8Formatter.TryFormat((uint)c, _free[(_written + 1)..], out _, new StandardFormat('x', 4));
                _written += 5;
                break;
        }
    }

    private void Append(byte value)
    {
        if (_written == _free.Length) Reserve(1);
        _free[_written++] = value;
    }

    /// <summary>Makes sure of so many free bytes, and returns all that are free.</summary>
    private Span<byte> Reserve(int count)
    {
        if (_free.Length - _written < count)
        {
            Flush();
            _free = output.GetSpan(Math.Max(count, BlockSize));
        }

        return _free[_written..];
    }

    private static string EscapedChars() => string.Concat(Enumerable.Range(0, 0x20).Select(c => (char)c)) + "\"\\\u007f";
}
