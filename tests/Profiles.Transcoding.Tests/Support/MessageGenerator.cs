using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Profiles.Transcoding.Tests.V1;

namespace Profiles.Transcoding.Tests.Support;

/// <summary>Random messages: any field set or not, values from the edges of their types as often as from between.</summary>
internal static class MessageGenerator
{
    private static readonly string[] s_texts = ["", "a", "ä€😀", "\0\u001f\"\\/<>&'", "\u2028\ufeff", new('x', 300)];
    private static readonly long[] s_wholes = [0, 1, -1, int.MaxValue, int.MinValue, uint.MaxValue, long.MaxValue, long.MinValue, 1L << 53];

    // Not minus zero: Google's formatter takes it for the default.
    private static readonly double[] s_reals =
        [0, 1.5, -1e300, double.Epsilon, double.MaxValue, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0.1];

    public static Arbitrary<TMessage> Messages<TMessage>()
        where TMessage : IMessage, new() => Gen.Choose(0, int.MaxValue).Select(Create<TMessage>).ToArbitrary();

    /// <summary>The message of the seed.</summary>
    public static TMessage Create<TMessage>(int seed)
        where TMessage : IMessage, new()
    {
        var message = new TMessage();
        Fill(message, new Random(seed), depth: 0);
        return message;
    }

    private static void Fill(IMessage message, Random random, int depth)
    {
        // In any order, for the last member of a oneof stays.
        var fields = message.Descriptor.Fields.InDeclarationOrder().ToArray();
        random.Shuffle(fields);
        foreach (var field in fields)
        {
            if (random.Next(3) != 0) continue;
            if (field.IsMap) FillMap(field, (System.Collections.IDictionary)field.Accessor.GetValue(message), random, depth);
            else if (field.IsRepeated) FillList(field, (System.Collections.IList)field.Accessor.GetValue(message), random, depth);
            else if (Next(field, random, depth) is { } value) field.Accessor.SetValue(message, value);
        }
    }

    private static void FillList(FieldDescriptor field, System.Collections.IList list, Random random, int depth)
    {
        for (var i = random.Next(4); i > 0; i--)
        {
            if (Next(field, random, depth) is { } value) list.Add(value);
        }
    }

    private static void FillMap(FieldDescriptor field, System.Collections.IDictionary map, Random random, int depth)
    {
        for (var i = random.Next(4); i > 0; i--)
        {
            var key = Next(field.MessageType.FindFieldByNumber(1), random, depth)!;
            if (Next(field.MessageType.FindFieldByNumber(2), random, depth) is { } value) map[key] = value;
        }
    }

    private static object? Next(FieldDescriptor field, Random random, int depth) => field.FieldType switch
    {
        FieldType.Int32 or FieldType.SInt32 or FieldType.SFixed32 => (int)Whole(random),
        FieldType.UInt32 or FieldType.Fixed32 => (uint)Whole(random),
        FieldType.Int64 or FieldType.SInt64 or FieldType.SFixed64 => Whole(random),
        FieldType.UInt64 or FieldType.Fixed64 => (ulong)Whole(random),
        FieldType.Float => (float)Real(random),
        FieldType.Double => Real(random),
        FieldType.Bool => random.Next(2) == 0,
        FieldType.String => Text(random),
        FieldType.Bytes => Bytes(random),
        FieldType.Enum when field.EnumType.FullName == "google.protobuf.NullValue" => NullValue.NullValue,
        FieldType.Enum when field.EnumType.Name == nameof(Alias) => (Alias)random.Next(2),
        FieldType.Enum => (Colour)random.Next(-2, 5),
        _ => NextMessage(field.MessageType, random, depth),
    };

    private static object? NextMessage(MessageDescriptor type, Random random, int depth)
    {
        switch (type.FullName)
        {
            case "google.protobuf.Timestamp":
                return new Timestamp { Seconds = random.NextInt64(-62135596800, 253402300800), Nanos = Nanos(random) };
            case "google.protobuf.Duration":
                var sign = random.Next(2) == 0 ? 1 : -1;
                return new Duration { Seconds = sign * random.NextInt64(0, 315576000000), Nanos = sign * Nanos(random) };
            case "google.protobuf.FieldMask":
                return new FieldMask { Paths = { new[] { "a", "a.b_c", "foo_bar.baz", "x2" }.Take(random.Next(5)) } };
            case "google.protobuf.Any":
                // Google's own code cannot read an empty one.
                return Any.Pack(new Scalars { Int32Value = random.Next(), StringValue = Text(random) });
            case "google.protobuf.Value":
                return NextValue(random, depth);
            case "google.protobuf.Struct":
                return new Struct { Fields = { Values(random, depth) } };
            case "google.protobuf.ListValue":
                return new ListValue { Values = { Values(random, depth).Values } };
        }

        if (type.File.Name == "google/protobuf/wrappers.proto") return Next(type.FindFieldByNumber(1), random, depth);
        if (depth > 3) return null;

        var message = type.Parser.ParseFrom(ByteString.Empty);
        Fill(message, random, depth + 1);
        return message;
    }

    private static Value NextValue(Random random, int depth) => random.Next(depth > 3 ? 4 : 6) switch
    {
        0 => Value.ForNull(),
        1 => Value.ForBool(random.Next(2) == 0),
        2 => Value.ForNumber(random.NextDouble() * 1e6),
        3 => Value.ForString(Text(random)),
        4 => new Value { StructValue = new Struct { Fields = { Values(random, depth + 1) } } },
        _ => new Value { ListValue = new ListValue { Values = { Values(random, depth + 1).Values } } },
    };

    private static Dictionary<string, Value> Values(Random random, int depth) =>
        Enumerable.Range(0, random.Next(3)).ToDictionary(i => Text(random) + i, _ => NextValue(random, depth + 1));

    private static int Nanos(Random random) => random.Next(4) switch { 0 => 0, 1 => 120_000_000, 2 => 5_000, _ => random.Next(1_000_000_000) };

    private static long Whole(Random random) => random.Next(2) == 0 ? s_wholes[random.Next(s_wholes.Length)] : random.NextInt64();

    private static double Real(Random random) => random.Next(2) == 0 ? s_reals[random.Next(s_reals.Length)] : random.NextDouble() * 1e10;

    private static string Text(Random random) => s_texts[random.Next(s_texts.Length)];

    private static ByteString Bytes(Random random)
    {
        var bytes = new byte[random.Next(6)];
        random.NextBytes(bytes);
        return ByteString.CopyFrom(bytes);
    }
}
