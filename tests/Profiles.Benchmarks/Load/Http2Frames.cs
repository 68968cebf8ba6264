using System.Buffers.Binary;
using System.Text;
using Google.Protobuf;

namespace Profiles.Benchmarks.Load;

/// <summary>The frames of HTTP/2 that a gRPC caller needs. Headers are literals, as those of the .NET client are.</summary>
internal static class Http2Frames
{
    public const int HeaderLength = 9;
    public const byte Data = 0, Headers = 1, Reset = 3, Settings = 4, Ping = 6, GoAway = 7, WindowUpdate = 8;
    public const byte EndStream = 1, Acknowledgement = 1;

    private const byte EndHeaders = 4;
    private const int LargestWindow = int.MaxValue;
    private const int FirstWindow = 65_535;

    /// <summary>The preface, settings, and room for all answers. No table of headers, so that trailers are always spelt out.</summary>
    public static byte[] Opening { get; } =
    [
        .. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8,
        .. Frame(Settings, 0, [0, 1, 0, 0, 0, 0, 0, 4, 0x7f, 0xff, 0xff, 0xff]),
        .. Frame(WindowUpdate, 0, BigEndian(LargestWindow - FirstWindow)),
    ];

    /// <summary>A frame on the connection, or one whose stream is written in later.</summary>
    public static byte[] Frame(byte type, byte flags, ReadOnlySpan<byte> payload) =>
        [(byte)(payload.Length >> 16), (byte)(payload.Length >> 8), (byte)payload.Length, type, flags, 0, 0, 0, 0, .. payload];

    /// <summary>Writes the stream of a frame.</summary>
    public static void SetStream(Span<byte> frame, int stream) => BinaryPrimitives.WriteInt32BigEndian(frame[5..], stream);

    /// <summary>The headers of a gRPC call.</summary>
    public static byte[] RequestHeaders(Uri address, string path, string? token)
    {
        // Indexed: ":method: POST", ":scheme: http"; then names of the static table: ":path", ":authority".
        var block = new List<byte> { 0x83, 0x86, 0x04 };
        AddText(block, path);
        block.Add(0x01);
        AddText(block, address.Authority);
        AddHeader(block, "content-type", "application/grpc");
        AddHeader(block, "te", "trailers");
        if (token is not null)
            AddHeader(block, "authorization", $"Bearer {token}");
        return Frame(Headers, EndHeaders, block.ToArray());
    }

    /// <summary>The message of a call, which ends it.</summary>
    public static byte[] RequestMessage(IMessage message) => Frame(Data, EndStream, Message(message));

    /// <summary>A message with the prefix of gRPC.</summary>
    public static byte[] Message(IMessage message) => [0, .. BigEndian(message.CalculateSize()), .. message.ToByteArray()];

    public static byte[] BigEndian(int number)
    {
        var bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return bytes;
    }

    private static void AddHeader(List<byte> block, string name, string value)
    {
        block.Add(0);
        AddText(block, name);
        AddText(block, value);
    }

    // A length of RFC 7541, section 5.1, with a prefix of 7 bits, and the text without Huffman's code.
    private static void AddText(List<byte> block, string text)
    {
        const int inPrefix = 127;
        if (text.Length < inPrefix)
        {
            block.Add((byte)text.Length);
        }
        else
        {
            block.Add(inPrefix);
            var rest = text.Length - inPrefix;
            for (; rest >= 128; rest /= 128)
                block.Add((byte)((rest % 128) + 128));
            block.Add((byte)rest);
        }

        block.AddRange(Encoding.ASCII.GetBytes(text));
    }
}
