using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using Google.Protobuf;
using Profiles.Transcoding.Json;
using Profiles.V1;

namespace Profiles.Benchmarks.Json;

/// <summary>
/// A profile to JSON and back: ours, Google.Protobuf's, and System.Text.Json's generated code on an equal class. Google's reads and
/// writes a string, and is spared the UTF-8 that the others end with.
/// </summary>
[MemoryDiagnoser]
[CategoriesColumn]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
public class JsonBenchmarks
{
    private readonly ProtoJson _json = new(ProtoJsonOptions.Default);
    private readonly JsonFormatter _formatter = JsonFormatter.Default;
    private readonly JsonParser _parser = JsonParser.Default;
    private readonly PlainJson _plain = new(new JsonSerializerOptions(PlainJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    private readonly Profile _message = SampleProfile.Create();
    private readonly ArrayBufferWriter<byte> _buffer = new(4096);
    private readonly Utf8JsonWriter _writer;
    private readonly PlainProfile _plainMessage;
    private readonly byte[] _utf8;
    private readonly string _text;

    /// <summary>Makes the text that all read, and sees that all three know the same data.</summary>
    public JsonBenchmarks()
    {
        _text = _formatter.Format(_message);
        _utf8 = Encoding.UTF8.GetBytes(_text);
        _plainMessage = JsonSerializer.Deserialize(_utf8, _plain.PlainProfile)!;
        _writer = new Utf8JsonWriter(_buffer, new JsonWriterOptions { SkipValidation = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        Check(_json.Read<Profile>(_utf8));
        _json.Write(_message, _buffer);
        Check(_parser.Parse<Profile>(Encoding.UTF8.GetString(_buffer.WrittenSpan)));
        Check(_parser.Parse<Profile>(JsonSerializer.Serialize(_plainMessage, _plain.PlainProfile)));
    }

    [Benchmark(Baseline = true), BenchmarkCategory("read")]
    public Profile Read_ours() => _json.Read<Profile>(_utf8);

    [Benchmark, BenchmarkCategory("read")]
    public Profile Read_Google() => _parser.Parse<Profile>(_text);

    [Benchmark, BenchmarkCategory("read")]
    public object? Read_SystemTextJson() => JsonSerializer.Deserialize(_utf8, _plain.PlainProfile);

    [Benchmark(Baseline = true), BenchmarkCategory("write")]
    public int Write_ours()
    {
        _buffer.ResetWrittenCount();
        _json.Write(_message, _buffer);
        return _buffer.WrittenCount;
    }

    [Benchmark, BenchmarkCategory("write")]
    public string Write_Google() => _formatter.Format(_message);

    [Benchmark, BenchmarkCategory("write")]
    public int Write_SystemTextJson()
    {
        _buffer.ResetWrittenCount();
        _writer.Reset();
        JsonSerializer.Serialize(_writer, _plainMessage, _plain.PlainProfile);
        return _buffer.WrittenCount;
    }

    private void Check(Profile profile)
    {
        if (!profile.Equals(_message)) throw new InvalidOperationException("The ways of writing differ: " + profile);
    }
}
