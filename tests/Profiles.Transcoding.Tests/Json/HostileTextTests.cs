using System.Diagnostics;
using System.Text;
using Google.Protobuf.Reflection;
using Profiles.Transcoding.Json;
using Profiles.Transcoding.Tests.V1;

namespace Profiles.Transcoding.Tests.Json;

/// <summary>Texts made to cost much: each is answered in bounded time and memory, whatever the answer is.</summary>
public class HostileTextTests
{
    private const int Levels = 100_000;
    private const int Elements = 1_000_000;
    private const int Digits = 100_000;
    private const int LongText = 4 << 20;

    // Far above what they take, also on a busy machine; far below what a quadratic would.
    private const long MostBytes = 64 << 20;
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(10);

    private static readonly ProtoJson s_strict = Json(ignoreUnknown: false);
    private static readonly ProtoJson s_lenient = Json(ignoreUnknown: true);

    private static IEnumerable<TestCaseData> Texts()
    {
        yield return Text("nested messages", "{\"child\":" + Repeat("{\"child\":", Levels), "nested deeper");
        yield return Text("nested lists", "{\"wellKnown\":{\"list\":" + new string('[', Levels), "nested deeper");
        yield return Text("elements", "{\"lists\":{\"int32Values\":[1" + Repeat(",1", Elements) + "]}}", "more than 100000 elements");
        yield return Text("messages", "{\"children\":[{}" + Repeat(",{}", Elements) + "]}", "more than 100000 elements");
        yield return Text("keys", "{\"maps\":{\"strings\":{" + Names(Elements, "\"\"") + "}}}", "more than 100000 elements");
        yield return Text("unknown names", "{" + Names(Elements, "1") + "}", "names no field");
        yield return Text("unknown names ignored", "{" + Names(Elements, "1") + "}", "more than 100000 elements", lenient: true);
        yield return Text("one long name", $"{{\"{new string('x', LongText)}\":1}}", "names no field");
        yield return Text("one name of escapes", "{\"" + Repeat("\\u0061", LongText / 6) + "\":1}", "names no field");
        yield return Text("a long integer", Scalar("int64Value", new string('9', Digits)), "must be an integer");
        yield return Text("a long integer in quotes", Scalar("uint64Value", $"\"{new string('9', Digits)}\""), "must be an integer");
        yield return Text("a long fraction of zeros", Scalar("int32Value", "1." + new string('0', Digits)), null);
        yield return Text("a large exponent", Scalar("int32Value", "1e" + new string('9', Digits)), "must be an integer");
        yield return Text("zero with a large exponent", Scalar("int32Value", "0e" + new string('9', Digits)), null);
        yield return Text("a long double", Scalar("doubleValue", new string('9', Digits)), "must be a 64-bit");
        yield return Text("a long double's fraction", Scalar("doubleValue", "0." + new string('9', Digits)), null);
        yield return Text("keys that collide", $"{{\"children\":[{Colliding()}{Repeat("," + Colliding(), 8)}]}}", "too many integer keys");
        yield return Text("keys twice", "{\"maps\":{\"strings\":{" + string.Join(',', Enumerable.Repeat("\"a\":\"\"", Elements)) + "}}}", "more than once");
        yield return Text("Any whose type comes late", LateAny(8, Repeat(",1", 90_000)), "more than 100000 elements");
        yield return Text("Any around one long text", LateAny(8, $",\"{new string('x', LongText)}\""), null);
        yield return Text("very many Any", LateAny(60, ",1"), "more than 8 Any inside each other");
        yield return Text("a fault at the end", $"{{\"children\":[{Repeat("{\"@odd name\":\"\"},", 1)}{Repeat("{},", 90_000)}{{\"odd_name\":1}}]}}", "must be a string");
        yield return Text("white space", new string(' ', LongText), "must be valid JSON");
        yield return Text("broken at the end", $"{{\"child\":{{\"lists\":{{\"stringValues\":[\"{new string('ä', LongText / 2)}\"", "must be valid JSON");
        yield return Text("many paths of a mask", "{\"wellKnown\":{\"fieldMask\":\"a" + Repeat(",a", Elements) + "\"}}", "at most 10000 field paths");
        yield return Text("paths of a mask", "{\"wellKnown\":{\"fieldMask\":\"a" + Repeat(",a", 9_999) + "\"}}", null);
    }

    [TestCaseSource(nameof(Texts))]
    public void It_costs_little(byte[] text, string? rule, bool lenient)
    {
        var json = lenient ? s_lenient : s_strict;
        var before = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();
        ProtoJsonException? fault = null;
        try
        {
            json.Read<Kinds>(text);
        }
        catch (ProtoJsonException error)
        {
            fault = error;
        }

        Assert.That(watch.Elapsed, Is.LessThan(s_longest));
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(MostBytes));
        Assert.That(fault?.Rule, rule is null ? Is.Null : Does.Contain(rule));
        Assert.That(fault?.Path.Length ?? 0, Is.LessThan(2000));
        TestContext.Out.WriteLine($"{watch.ElapsedMilliseconds} ms, {(GC.GetAllocatedBytesForCurrentThread() - before) >> 10} KiB");
    }

    private static ProtoJson Json(bool ignoreUnknown) => new(new ProtoJsonOptions
    {
        IgnoreUnknownFields = ignoreUnknown,
        TypeRegistry = TypeRegistry.FromFiles(KindsReflection.Descriptor, Google.Protobuf.WellKnownTypes.StructReflection.Descriptor),
    });

    private static TestCaseData Text(string name, string text, string? rule, bool lenient = false) =>
        new TestCaseData(Encoding.UTF8.GetBytes(text), rule, lenient).SetArgDisplayNames(name);

    private static string Scalar(string field, string value) => $"{{\"scalars\":{{\"{field}\":{value}}}}}";

    private static string Names(int count, string value) => string.Join(',', Enumerable.Range(0, count).Select(i => $"\"n{i}\":{value}"));

    // The hash of each of these keys is zero.
    private static string Colliding() =>
        "{\"maps\":{\"int64s\":{" + string.Join(',', Enumerable.Range(1, 9_000).Select(i => $"\"{((long)i << 32) | (uint)i}\":\"0\"")) + "}}}";

    private static string LateAny(int levels, string more) =>
        "{\"wellKnown\":{\"any\":" + Repeat("{\"value\":", levels) + "[0" + more + "]" + ",\"@type\":\"x/google.protobuf.ListValue\"}"
        + Repeat(",\"@type\":\"x/google.protobuf.Any\"}", levels - 1) + "}}";

    private static string Repeat(string text, int count) => new StringBuilder(text.Length * count).Insert(0, text, count).ToString();
}
