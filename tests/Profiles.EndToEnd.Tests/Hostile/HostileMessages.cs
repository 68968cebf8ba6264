using System.Text;
using Google.Protobuf;
using Profiles.V1;

namespace Profiles.EndToEnd.Tests.Hostile;

/// <summary>Bytes that are no <c>SetProfileRequest</c> for alice, though some of them look like one.</summary>
internal static class HostileMessages
{
    private const int NicknameTag = 6;
    private const int AttributesTag = 28;

    /// <summary>Byte sequences that are not UTF-8.</summary>
    public static IReadOnlyList<(string Name, byte[] Bytes)> NotUtf8 { get; } =
    [
        ("0xFF", [0xff]), ("a lone continuation", [0x80]), ("a cut sequence of two", [0xe2, 0x82]),
        // As long as the replacement character that a lenient reader would put in its place.
        ("a cut sequence of three", [0xf0, 0x9f, 0x98]),
        ("an overlong NUL", [0xc0, 0x80]), ("an encoded surrogate", [0xed, 0xa0, 0x80]), ("more than U+10FFFF", [0xf4, 0x90, 0x80, 0x80]),
    ];

    public static IEnumerable<TestCaseData> All()
    {
        foreach (var (name, bytes) in NotUtf8)
        {
            yield return Case($"{name} in a text", Request(Text(NicknameTag, bytes)));
            yield return Case($"{name} in the user id", Text(1, [.. "alice"u8, .. bytes]));
            yield return Case($"{name} in a key", Request(Text(AttributesTag, [.. Text(1, bytes), .. Text(2, "v"u8.ToArray())])));
            yield return Case($"{name} in a map's value", Request(Text(AttributesTag, [.. Text(1, "k"u8.ToArray()), .. Text(2, bytes)])));
            yield return Case($"{name} in a path of the mask", [.. Request(Text(NicknameTag, "Al"u8.ToArray())), .. Text(3, Text(1, bytes))]);
            yield return Case($"{name} in a text that is overwritten", Request([.. Text(NicknameTag, bytes), .. Text(NicknameTag, "Al"u8.ToArray())]));
        }

        foreach (var text in (string[])["\0", "a\0b", "\u0001", "\u001f", "\u007f", "\u0085", "\u009f", "a\nb", "a\tb"])
        {
            var name = string.Join(' ', text.Select(c => $"{(int)c:X2}"));
            yield return Case($"{name} in a text", Request(Text(NicknameTag, Encoding.UTF8.GetBytes(text))));
            yield return Case($"{name} in a user id", [.. Text(1, Encoding.UTF8.GetBytes(text)), .. Text(2, [])]);
        }

        var good = new SetProfileRequest { UserId = "alice", Profile = new Profile { Nickname = "Al", Attributes = { ["k"] = "v" } } }.ToByteArray();
        foreach (var length in (int[])[1, 6, 8, 9, 10, 12, good.Length - 1])
            yield return Case($"the first {length} bytes", good[..length]);
        yield return Case("garbage", [0xff, 0xff, 0xff, 0xff, 0x01, 0x02]);
        yield return Case("a field with the number 0", [.. good, 0x02, 0x00]);
        yield return Case("a group without an end", [.. good, 0x9b, 0x06]);
        yield return Case("the end of a group that never began", [.. good, 0x9c, 0x06]);
        yield return Case("the wire type 6", [.. good, 0x9e, 0x06]);
        yield return Case("a length beyond the message", [0x0a, 0x7f, (byte)'a']);
        yield return Case("a negative length", [0x0a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01]);
        yield return Case("a varint of eleven bytes", [0x20, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01]);
        yield return Case("text instead", "{\"userId\":\"alice\"}"u8.ToArray());
        yield return Case("10 000 groups in one another", [.. good, .. Enumerable.Repeat((byte[])[0x9b, 0x06], 10_000).SelectMany(tag => tag)]);
    }

    /// <summary>A length-delimited field.</summary>
    public static byte[] Text(int field, byte[] bytes)
    {
        using var stream = new MemoryStream();
        using (var output = new CodedOutputStream(stream, leaveOpen: true))
        {
            output.WriteTag(field, WireFormat.WireType.LengthDelimited);
            output.WriteBytes(ByteString.CopyFrom(bytes));
        }

        return stream.ToArray();
    }

    /// <summary>A request for alice with these bytes as the profile.</summary>
    public static byte[] Request(byte[] profile) => [.. Text(1, "alice"u8.ToArray()), .. Text(2, profile)];

    private static TestCaseData Case(string name, byte[] message) => new TestCaseData(message).SetArgDisplayNames(name);
}
