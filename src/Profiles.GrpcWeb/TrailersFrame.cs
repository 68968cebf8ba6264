using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Profiles.GrpcWeb;

/// <summary>The last frame of an answer: flag 0x80, length, then the trailers as header lines of HTTP/1.1.</summary>
internal static class TrailersFrame
{
    private const byte Flag = 0x80;
    private const int HeaderLength = 5;

    public static void Write(IHeaderDictionary trailers, IBufferWriter<byte> writer)
    {
        var block = new StringBuilder();
        foreach (var (name, values) in trailers)
        {
            // Names are lower-case, as in HTTP/2. Values hold no line ends: the server behind refuses them in metadata.
            foreach (var value in values)
                block.Append(name.ToLowerInvariant()).Append(": ").Append(value).Append("\r\n");
        }

        var length = Encoding.Latin1.GetByteCount(block.ToString());
        var frame = writer.GetSpan(HeaderLength + length);
        frame[0] = Flag;
        BinaryPrimitives.WriteInt32BigEndian(frame[1..], length);
        Encoding.Latin1.GetBytes(block.ToString(), frame[HeaderLength..]);
        writer.Advance(HeaderLength + length);
    }
}
